/** A ring asked for before the browser allows sound is not played later than this. */
const LATE_MS = 2_000;
const TONES: readonly [startS: number, hertz: number][] = [
  [0, 660],
  [0.22, 880],
];
const TONE_S = 0.18;
const LOUDNESS = 0.2;

/**
 * Two short tones, made here: nothing to load when it matters.
 * Browsers allow sound after the first press in a page, so the first press also wakes it.
 */
export function createBell(window: Window & typeof globalThis): () => void {
  let context: AudioContext | null = null;
  const wake = () => void context?.resume().catch(() => undefined);
  window.addEventListener('pointerdown', wake);
  window.addEventListener('keydown', wake);
  return () => {
    if (!window.AudioContext) return;
    context ??= new window.AudioContext();
    const sounding = context;
    const asked = Date.now();
    const play = () => Date.now() - asked < LATE_MS && tones(sounding);
    sounding.resume().then(play, () => undefined);
  };
}

function tones(context: AudioContext): void {
  for (const [start, hertz] of TONES) {
    const at = context.currentTime + start;
    const tone = new OscillatorNode(context, { frequency: hertz });
    const volume = new GainNode(context, { gain: 0 });
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02);
    volume.gain.linearRampToValueAtTime(0, at + TONE_S);
    tone.connect(volume).connect(context.destination);
    tone.start(at);
    tone.stop(at + TONE_S);
  }
}
