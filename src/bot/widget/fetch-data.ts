import type { ChatData } from '../wire.ts';

/** The page's data in another language, out of that language's page; null when it cannot be had now. */
export async function fetchData(tag: string): Promise<ChatData | null> {
  try {
    const page = await (await fetch(`/chat?lang=${tag}`)).text();
    return JSON.parse(page.split('id="data">')[1]?.split('</script>')[0] ?? 'null');
  } catch {
    return null;
  }
}
