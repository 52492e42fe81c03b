/** One server-sent event. `id` is the last one seen so far. */
export interface ServerEvent {
  id: string | null;
  data: string;
}

/**
 * Reads `text/event-stream` as the HTML standard says: fields end at CR, LF or CRLF, an event at an empty line, comments are skipped.
 * EventSource cannot send a bearer token, and a token must not stand in a URL.
 * @param onBytes called for every piece, comments too: a sign of life
 */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  onBytes: () => void = () => undefined,
): AsyncGenerator<ServerEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  let id: string | null = null;
  let data: string[] = [];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      onBytes();
      const lines = (rest + decoder.decode(value, { stream: true })).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line === '') {
          if (data.length > 0) yield { id, data: data.join('\n') };
          data = [];
          continue;
        }
        const [, field, content] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
        if (field === 'data') data.push(content ?? '');
        if (field === 'id' && !content?.includes('\0')) id = content ?? '';
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
