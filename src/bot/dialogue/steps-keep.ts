import { isMasked } from '../words/mask.ts';
import { choice, type Draft, type Heard, phrase, type Step, type Voice } from './draft.ts';

/** A number or an address was put aside in these very messages. */
export const givesField = ({ input, text }: Heard): boolean => input.field !== null && isMasked(text, input.field);

/** The answer to whether it may be kept. Only a yes keeps it; whatever else is written destroys it (eval LABELS §8). */
export const keeps: Step = (heard, voice) => {
  const { request, picked, input } = heard;
  if (input.state.asked !== 'keep' || input.field === null || givesField(heard)) return null;
  if (request === 'yes' || picked === 'choice_yes')
    return { said: [phrase(heard, voice, 'kept')], keep: true, state: { asked: null } };
  if (request === 'no' || request === 'skip' || picked === 'choice_no')
    return { said: [phrase(heard, voice, 'not_kept')], keep: false, state: { asked: null } };
  return null;
};

/**
 * What was hidden is spoken of once: a number to be called on and an address in an emergency with the question whether they
 * may be kept, everything else with a kind word. `fits` tells whether a text message still has room for it.
 */
export function speakOfMasked(heard: Heard, voice: Voice, draft: Draft, fits: (draft: Draft) => boolean): Draft {
  const { input } = heard;
  const given = givesField(heard);
  const undecided = input.field !== null && (given || input.state.asked === 'keep') && draft.keep === undefined;
  const settled: Draft = undecided ? { ...draft, keep: false } : draft;
  if (given) {
    const { keep: _, ...asking } = withQuestion(heard, voice, draft);
    return fits(asking) ? asking : settled;
  }
  if (!isMasked(heard.text) || input.state.maskingTold || draft.alone || heard.brief) return settled;
  const told: Draft = {
    ...settled,
    said: [...settled.said, phrase(heard, voice, 'names_not_needed')],
    state: { ...settled.state, maskingTold: true },
  };
  return fits(told) ? told : settled;
}

const withQuestion = (heard: Heard, voice: Voice, draft: Draft): Draft => ({
  ...draft,
  said: [...draft.said, phrase(heard, voice, heard.input.field === 'address' ? 'ask_keep_address' : 'ask_keep_phone')],
  choices: [choice(heard, voice, 'choice_yes'), choice(heard, voice, 'choice_no')],
  state: { ...draft.state, asked: 'keep', maskingTold: true },
});
