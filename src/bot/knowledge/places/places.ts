import { z } from 'zod';
import districts from './districts.json' with { type: 'json' };
import municipalities from './municipalities.json' with { type: 'json' };
import neighbourhoods from './neighbourhoods.json' with { type: 'json' };
import postcodes from './postcodes.json' with { type: 'json' };

const code = z.string().regex(/^[a-z]+(-[a-z]+)*$/);
const name = z.string().min(1);

const placesSchema = z.strictObject({
  /** The 11 districts since 2023-07-01 with the names they replaced, and `staden`, the city pool (DOMAIN 1.2). */
  districts: z.array(z.strictObject({ code, name, formerNames: z.array(name) })),
  /** Official and everyday names (DOMAIN 1.3); more than one district means that one has to ask. */
  neighbourhoods: z.array(z.strictObject({ name, districts: z.array(code).min(1), informal: z.boolean() })),
  municipalities: z.array(z.strictObject({ name, neighbourhoods: z.array(name) })),
  /** The three first digits only (DOMAIN 1.4). `ask`: the prefix is split between districts. */
  postcodes: z.array(
    z.strictObject({
      prefix: z.string().regex(/^\d{3}$/),
      status: z.enum(['safe', 'ask', 'outside']),
      districts: z.array(code),
    }),
  ),
});
export type Places = z.infer<typeof placesSchema>;

/** The city's places, validated. The JSON files beside this one are also what `db/seed.ts` fills its tables from. */
export const readPlaces = (): Places => placesSchema.parse({ districts, neighbourhoods, municipalities, postcodes });

/** The pool for people who would rather not say where they live (F9). */
export const cityPool = 'staden';
