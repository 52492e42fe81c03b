import { z } from 'zod';
import * as wire from '../../inbox/wire.ts';
import type { Door } from '../auth/door.ts';
import { HoursBody } from './district-routes.ts';

type Described = { summary: string; body?: z.ZodType; answer?: z.ZodType; status?: string };

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
  'get /api/inbox/conversations': { summary: 'One page of a view', answer: wire.Page },
  'get /api/inbox/conversations/:id': {
    summary: 'A conversation from its first message; audited',
    answer: wire.Opened,
  },
  'get /api/inbox/stream': { summary: 'Server-sent events; replay from Last-Event-ID', answer: wire.StreamEvent },
  'post /api/inbox/conversations/:id/claim': {
    summary: 'Take over; 409 names the holder',
    body: wire.ClaimBody,
    answer: wire.Claimed,
  },
  'post /api/inbox/conversations/:id/release': {
    summary: 'Put back into the queue',
    body: wire.ReleaseBody,
    answer: z.object({ conversation: wire.Item }),
  },
  'post /api/inbox/conversations/:id/hand-back': {
    summary: 'Give back to the bot',
    body: wire.HandBackBody,
    answer: z.object({ conversation: wire.Item }),
  },
  'post /api/inbox/conversations/:id/close': {
    summary: 'End the episode with an outcome',
    body: wire.CloseBody,
    answer: z.object({ conversation: wire.Item }),
  },
  'post /api/inbox/conversations/:id/reply': {
    summary: 'Write to the visitor; idempotent by clientId',
    body: wire.ReplyBody,
    answer: z.object({ message: wire.Message }),
    status: '201',
  },
  'post /api/inbox/conversations/:id/note': {
    summary: 'A word between colleagues; never reaches a visitor',
    body: wire.NoteBody,
    answer: z.object({ note: wire.Note }),
    status: '201',
  },
  'post /api/inbox/conversations/:id/protected': {
    summary: 'The number or address the person said yes to; holder only, audited',
    body: wire.ProtectedBody,
    answer: wire.ProtectedField,
  },
  'post /api/inbox/conversations/:id/keep-protected': {
    summary: 'The person has said yes in the conversation; holder only, audited',
    body: wire.ProtectedBody,
    answer: wire.ProtectedField,
  },
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
    paths[at] = { ...paths[at], [method]: operation(shape, params) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Utväg staff API', version: '1' },
    components: { securitySchemes: { staff: { type: 'http', scheme: 'bearer' } } },
    security: [{ staff: [] }],
    paths,
  };
}

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
