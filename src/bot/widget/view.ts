/**
 * As much of Preact as the first visit needs: pure components, keyed children, no state of their own. It stands in for Preact
 * in the app's bundle alone (vite.config.ts), because Preact is 4 of the 10 kB that a first visit may weigh (SPEED goal 1).
 */
export interface Drawn {
  type: string | ((props: Props) => Child);
  props: Props;
  key?: string | number | undefined;
}
type Child = Drawn | string | number | boolean | null | undefined | Child[];
type Props = Record<string, unknown> & { children?: Child };

export const jsx = (type: Drawn['type'], props: Props, key?: Drawn['key']): Drawn => ({ type, props, key });
export { jsx as jsxs };
export const Fragment = ({ children }: Props): Child => children;

const children = new WeakMap<Node, Map<string, Node>>();
const known = new WeakMap<Node, Props>();

/** Makes the children of `root` what `tree` says, and touches nothing that is so already. */
export function render(tree: Child, root: Node): void {
  const wanted = new Map<string, Drawn | string>();
  resolve(tree, '', wanted);
  const old = children.get(root) ?? takeOver(wanted, root);
  const now = new Map<string, Node>();
  for (const [key, child] of wanted) {
    const node = old.get(key);
    now.set(key, node?.nodeName.toLowerCase() === nameOf(child) ? node : create(child));
  }
  const kept = new Set(now.values());
  for (const node of old.values()) if (!kept.has(node)) root.removeChild(node);
  let next = root.firstChild;
  for (const [key, child] of wanted) {
    const node = now.get(key);
    if (!node) continue;
    // Whole before it is put in its place: what is announced is announced once.
    if (typeof child !== 'string') update(node, child.props);
    else if (node.nodeValue !== child) node.nodeValue = child;
    if (node === next) next = node.nextSibling;
    else root.insertBefore(node, next);
    if (typeof child !== 'string' && typeof child.props['ref'] === 'function') child.props['ref'](node);
  }
  children.set(root, now);
}

/** What the server drew is kept, node by node in order; there, texts that stand side by side are one. */
function takeOver(wanted: ReadonlyMap<string, Drawn | string>, root: Node): Map<string, Node> {
  const found = new Map<string, Node>();
  let node = root.firstChild;
  for (const [key, child] of wanted) {
    if (!node || child === '') continue;
    if (node instanceof Text && typeof child === 'string' && node.length > child.length) node.splitText(child.length);
    found.set(key, node);
    node = node.nextSibling;
  }
  // What is not wanted here and now, such as situations to tap in a conversation that has begun, goes.
  for (; node; node = node.nextSibling) found.set(`${found.size}`, node);
  return found;
}

/** Components to elements. A child without a key is known by its place, and what is not shown keeps its place. */
function resolve(child: Child, place: string, into: Map<string, Drawn | string>): void {
  if (child === null || child === undefined || typeof child === 'boolean') return;
  if (Array.isArray(child)) {
    child.forEach((one, at) => {
      const key = one instanceof Object && 'key' in one ? one.key : undefined;
      resolve(one, `${place}/${key ?? at}`, into);
    });
  } else if (typeof child !== 'object') into.set(place, `${child}`);
  else if (typeof child.type === 'string') into.set(place, child);
  else resolve(child.type(child.props), place, into);
}

const nameOf = (child: Drawn | string) => (typeof child === 'string' ? '#text' : child.type);
const create = (child: Drawn | string): Node =>
  typeof child === 'string' ? document.createTextNode(child) : document.createElement(`${child.type}`);

/** Children first: a select has the value of one of them. */
function update(node: Node, props: Props): void {
  const before = known.get(node) ?? {};
  if (before === props) return;
  known.set(node, props);
  render(props.children, node);
  if (!(node instanceof HTMLElement)) return;
  for (const name in { ...before, ...props }) {
    const value = props[name];
    if (name !== 'value' && value === before[name]) continue;
    const attribute = attributeOf(name, value);
    if (attribute !== null) node.getAttribute(name) === attribute || node.setAttribute(name, attribute);
    else if (!name.startsWith('on') && name !== 'value') node.removeAttribute(name);
    else if (Reflect.get(node, name.toLowerCase()) !== value) Reflect.set(node, name.toLowerCase(), value);
  }
}

/** What stands in the element's tag; null for what does not, or not now. */
export function attributeOf(name: string, value: unknown): string | null {
  if (/^(on.*|value|ref|children)$/.test(name) || value === false || value === undefined) return null;
  return value === true && !name.startsWith('aria') ? '' : `${value}`;
}
