import { answerOf } from './answer-of.ts';
import { personChoice, phrase, type Step } from './draft.ts';
import { isWork } from './first-words.ts';

/** Read next by those who meet young people at work: whom to reach, what to look for, what is there for schools. */
const NEXT = ['contact-district', 'recruitment-signs', 'school-resources'];

/**
 * The door for professionals (DESIGN §1): how one reports, that this chat handles no case, 112 for a child in danger. Nobody is
 * alarmed and nobody is queued; a person is a question that waits its turn.
 */
export const workDoor: Step = (heard, voice) => {
  if (!isWork(heard.firstWord)) return null;
  const report = answerOf(heard, voice, 'worry-report');
  const next = NEXT.flatMap((id) => {
    const found = answerOf(heard, voice, id);
    return found ? [{ id: `topic:${id}`, title: found.answer.title }] : [];
  });
  return {
    said: [phrase(heard, voice, 'professional'), ...(report ? [report.said] : [])],
    choices: heard.input.waiting ? next : [...next, personChoice(heard, voice)],
    state: { professional: true, topics: ['worry-report'] },
    topics: ['worry-report', ...NEXT],
  };
};
