import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { z } from 'zod';
import * as wire from '../../src/inbox/wire.ts';

it('a page that is open while a shape changes is told to load again: FORM is made of the shapes', () => {
  const shapes = Object.entries(wire).flatMap(([name, shape]) =>
    shape instanceof z.ZodType ? [[name, z.toJSONSchema(shape, { io: 'input' })]] : [],
  );
  expect(shapes.length).toBeGreaterThan(30);
  const form = createHash('sha256').update(JSON.stringify(shapes)).digest('hex').slice(0, 8);
  expect(wire.FORM).toBe(form);
});
