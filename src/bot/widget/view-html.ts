import { escapeHtml } from './escape-html.ts';
import { attributeOf, type Drawn } from './view.ts';

/** What `render` in view.ts would make of the tree, as HTML. It ends no element that has none inside by nature: the page has none. */
export function toHtml(child: unknown): string {
  if (child === null || child === undefined || typeof child === 'boolean') return '';
  if (Array.isArray(child)) return child.map(toHtml).join('');
  if (!isDrawn(child)) return escapeHtml(`${child}`);
  const { type, props } = child;
  if (typeof type === 'function') return toHtml(type(props));
  const attributes = Object.entries(props).map(([name, value]) => {
    const text = attributeOf(name, value);
    return text === null ? '' : ` ${name.toLowerCase()}="${escapeHtml(text)}"`;
  });
  return `<${type}${attributes.join('')}>${toHtml(props.children)}</${type}>`;
}

const isDrawn = (child: unknown): child is Drawn => child instanceof Object && 'type' in child && 'props' in child;
