import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RUN = (options: object) =>
  `axe.run(${JSON.stringify(options)}).then(({ violations }) => violations.map(({ id, nodes }) =>
    [id, ...nodes.map((node) => node.html.slice(0, 160) + node.failureSummary)]))`;

/** A page or frame of whichever driver. */
interface Scripted {
  evaluate(script: string): Promise<unknown>;
}

/** What axe finds on a page as it is: the rule and where it is broken. @param options those of `axe.run` */
export async function axeFinds(page: Scripted, options: object = {}): Promise<unknown> {
  await page.evaluate(AXE);
  return page.evaluate(RUN(options));
}
