/** What a visitor does on the web besides writing. Each is a no-op for a thread in which nothing has been written yet. */
export interface VisitorActs {
  /** A person, please (the button). Same handoff as asking in words. */
  handover(threadId: string, language: string): Promise<void>;
  /** The person chose a language. */
  language(threadId: string, tag: string): Promise<void>;
  /** Quick exit: the token dies, the conversation stays for staff, who see that the person left. */
  leave(threadId: string): Promise<void>;
  /** The person is typing: the pending turn waits a little longer (F25) and staff see it. */
  typing(threadId: string): Promise<void>;
}
