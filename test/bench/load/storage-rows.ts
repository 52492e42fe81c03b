/** What a turn's rows hold, the same for our own code and for `pgbench`, so that both write as many bytes. */
export const VISITOR_TEXT = 'Min lillebror hänger med äldre killar på kvällarna. Vad kan jag göra?';
export const REPLY =
  'Det är bra att du frågar. Du kan prata med en fältassistent eller med socialtjänsten där du bor. '.repeat(6);
export const ANSWERS = [{ id: 'sibling-friend', version: 1 }];
export const META = {
  choices: [
    { id: 'topic:relatives-support', title: 'Stöd till anhöriga' },
    { id: 'human', title: 'Prata med en person' },
  ],
  topics: ['sibling-friend'],
};
export const STATE = {
  welcomed: true,
  asked: null,
  topics: ['sibling-friend'],
  choices: ['topic:relatives-support', 'human'],
};

/** A sealed body is so much longer than its text (DATA §6). */
const SEAL_BYTES = 29;
export const sealedBytes = (text: string): number => Buffer.byteLength(text) + SEAL_BYTES;
