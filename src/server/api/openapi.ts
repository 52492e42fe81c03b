import { z } from 'zod';
import * as wire from '../../inbox/wire.ts';
import type { Door } from '../auth/door.ts';
import { HoursBody } from './district-routes.ts';

type Described = { summary: string; query?: z.ZodObject; body?: z.ZodType; answer?: z.ZodType; status?: string };

const Changed = z.object({ conversation: wire.Item });
const Offered = z.object({ offer: wire.Offer });

const verb = (name: string, summary: string, body: z.ZodType, answer: z.ZodType, status = '200') => ({
  [`post /api/inbox/conversations/:id/${name}`]: { summary, body, answer, status },
});

const SHAPES: Record<string, Described> = {
  'get /api/inbox/me': { summary: 'Who I am and which districts I see', answer: wire.Me },
  'get /api/inbox/districts': { summary: 'When my districts answer, now and in the week', answer: wire.Districts },
  'put /api/inbox/districts/:slug': {
    summary: "A district's opening hours; its coordinators and administrators; audited",
    body: HoursBody,
    answer: wire.District.pick({ slug: true, hours: true }),
  },
  'get /api/inbox/me/duty': { summary: 'Until when I am on duty and which alerts I want', answer: wire.Duty },
  'post /api/inbox/me/duty': {
    summary: 'Goes on duty until then, or off duty; no backlog is alerted about',
    body: wire.DutyBody,
    answer: wire.Duty,
  },
  'get /api/inbox/counts': { summary: 'How many wait, are mine, are held', answer: wire.Counts },
  'get /api/inbox/conversations': { summary: 'One page of a view', query: wire.ListQuery, answer: wire.Page },
  'get /api/inbox/conversations/:id': {
    summary: 'A conversation from its first message; audited',
    answer: wire.Opened,
  },
  'get /api/inbox/stream': { summary: 'Server-sent events; replay from Last-Event-ID', answer: wire.StreamEvent },
  'get /api/inbox/offers': {
    summary: 'Open offers to me and of mine; content-free',
    answer: z.object({ items: z.array(wire.Offer) }),
  },
  'get /api/inbox/colleagues': { summary: 'Districts and colleagues to offer to', answer: wire.Colleagues },
  'get /api/inbox/audit': {
    summary: 'Who read or did what with a conversation; coordinators and administrators of its district',
    query: wire.AuditQuery,
    answer: z.object({ items: z.array(wire.AuditLine) }),
  },
  'get /api/inbox/answers': {
    summary: 'Approved answers as they may be said now, in a language and for a channel',
    query: wire.ApprovedQuery,
    answer: z.object({ items: z.array(wire.Approved) }),
  },
  'get /api/inbox/writing': { summary: 'What helps to write: translation, text message rules', answer: wire.Writing },
  ...verb(
    'translate',
    'A message for staff, or a reply before it is sent, by machine; audited',
    wire.TranslateBody,
    z.object({ translation: wire.Translation }),
  ),
  ...verb('claim', 'Take over; 409 names the holder', wire.ClaimBody, wire.Claimed),
  ...verb('release', 'Put back into the queue, with a last word if wanted', wire.ReleaseBody, Changed),
  ...verb('hand-back', 'Give back to the bot, with a last word if wanted', wire.HandBackBody, Changed),
  ...verb('close', 'End the episode with an outcome; a supervisor may with a reason', wire.CloseBody, Changed),
  ...verb('reopen', 'Open a closed one again; 409 points to a newer one', wire.ReopenBody, wire.Claimed),
  ...verb('take-over', 'A supervisor takes it from its holder; audited', wire.TakeOverBody, wire.Claimed),
  ...verb('hold', 'Legal hold on or off; supervisors, audited', wire.HoldBody, Changed),
  ...verb('transfer', 'Offer to a district or a colleague; the giver keeps it', wire.TransferBody, Offered),
  ...verb('withdraw', 'Take one’s offer back', wire.WithdrawBody, Offered),
  ...verb('accept', 'Take an offered conversation; 409 names who was faster', wire.AcceptBody, wire.Claimed),
  ...verb('decline', 'Say no to an offer; the giver is alarmed', wire.DeclineBody, Offered),
  ...verb(
    'reminders',
    'Keep a promise until it is done',
    wire.ReminderBody,
    z.object({ reminder: wire.Reminder }),
    '201',
  ),
  ...verb('reminder-done', 'A promise was kept', wire.ReminderDoneBody, z.object({ promised: z.array(wire.Reminder) })),
  ...verb(
    'glass',
    'Read across districts for 30 minutes; audited, shown',
    wire.GlassBody,
    z.object({ glass: wire.Glass }),
    '201',
  ),
  ...verb(
    'reply',
    'Write to the visitor; idempotent by clientId',
    wire.ReplyBody,
    z.object({ message: wire.Message }),
    '201',
  ),
  ...verb(
    'note',
    'A word between colleagues; never reaches a visitor',
    wire.NoteBody,
    z.object({ note: wire.Note }),
    '201',
  ),
  ...verb(
    'protected',
    'The number or address the person said yes to; holder only, audited',
    wire.ProtectedBody,
    wire.ProtectedField,
  ),
  ...verb(
    'keep-protected',
    'The person has said yes in the conversation; holder only, audited',
    wire.ProtectedBody,
    wire.ProtectedField,
  ),
};

/** `GET /openapi.json`: the staff API, described by the schemas that check it. */
export function openApi(door: Door): void {
  door.on('public', 'get', '/openapi.json', (c) => c.json(describe(door)));
}

function describe(door: Door): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const { access, method, path } of door.routes()) {
    if (access !== 'staff') continue;
    const shape = SHAPES[`${method} ${path}`];
    const at = path.replaceAll(/:(\w+)/g, '{$1}');
    const params = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    }));
    paths[at] = { ...paths[at], [method]: operation(shape, [...params, ...queryOf(shape)]) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Utväg staff API', version: '1' },
    components: { securitySchemes: { staff: { type: 'http', scheme: 'bearer' } } },
    security: [{ staff: [] }],
    paths,
  };
}

const queryOf = (shape: Described | undefined): object[] =>
  Object.entries(shape?.query?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: !schema.safeParse(undefined).success,
    schema: z.toJSONSchema(schema, { io: 'input' }),
  }));

function operation(shape: Described | undefined, parameters: object[]): object {
  const json = (schema: z.ZodType) => ({
    content: { 'application/json': { schema: z.toJSONSchema(schema, { io: 'input' }) } },
  });
  return {
    summary: shape?.summary ?? '',
    parameters,
    ...(shape?.body ? { requestBody: { required: true, ...json(shape.body) } } : {}),
    responses: {
      [shape?.status ?? '200']: { description: 'Done', ...(shape?.answer ? json(shape.answer) : {}) },
      default: {
        description: 'RFC 9457 problem',
        content: { 'application/problem+json': { schema: z.toJSONSchema(wire.ProblemBody) } },
      },
    },
  };
}
