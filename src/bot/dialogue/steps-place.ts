import { choice, type Draft, type Heard, phrase, type Step, type Voice } from './draft.ts';

/** A neighbourhood was named, or the person would rather not say: both are complete answers (F9). */
export const placeNamed: Step = (heard, voice) => {
  const { place, input, request, picked } = heard;
  if (input.state.asked === 'district' && (request === 'skip' || request === 'no' || picked === 'rather_not_say'))
    return { said: [phrase(heard, voice, 'district_skipped')], state: { asked: null, districtKnown: true } };
  if (picked?.startsWith('district:')) return noted(heard, voice, picked.slice('district:'.length));
  if (!place || (heard.triage.risk === 'elevated' && place.district !== 'outside')) return null;
  if (place.district === 'outside') return outside(heard, voice, place.municipality);
  if (place.district === null) return whichOne(heard, voice, place.ambiguous ?? []);
  return noted(heard, voice, place.district);
};

const noted = (heard: Heard, voice: Voice, district: string): Draft => ({
  said: [phrase(heard, voice, 'district_noted', { district: voice.districtName(district) })],
  choices: heard.input.waiting ? [] : [choice(heard, voice, 'choice_human')],
  state: { asked: null, districtKnown: true, outside: false },
  district,
  topics: ['find-district', 'contact-district'],
});

/** Danger is handled all the same; everything else belongs to their own municipality (DOMAIN §1.3). */
function outside(heard: Heard, voice: Voice, municipality: string | undefined): Draft {
  const said =
    heard.place?.place === 'Vårby'
      ? phrase(heard, voice, 'ask_varby_varberg')
      : municipality
        ? phrase(heard, voice, 'other_municipality', { municipality })
        : phrase(heard, voice, 'other_municipality_unknown');
  return { said: [said], state: { asked: null, outside: true }, topics: ['find-district'] };
}

function whichOne(heard: Heard, voice: Voice, codes: string[]): Draft {
  const choices = codes.map((code) => ({ id: `district:${code}`, title: voice.districtName(code) }));
  return {
    said: [phrase(heard, voice, codes.length > 0 ? 'ask_which_district' : 'ask_district')],
    choices: [...choices, { id: 'rather_not_say', title: phrase(heard, voice, 'rather_not_say').text }],
    state: { asked: 'district', questions: (heard.input.state.questions ?? 0) + 1 },
    topics: ['find-district'],
  };
}

/** The very next question after a place in another municipality ("can you help anyway?"). */
export const stillOutside: Step = (heard, voice) =>
  heard.input.state.outside && !heard.input.waiting && heard.triage.risk === 'none'
    ? {
        said: [phrase(heard, voice, 'other_municipality_unknown')],
        state: { outside: false },
        topics: ['find-district'],
      }
    : null;
