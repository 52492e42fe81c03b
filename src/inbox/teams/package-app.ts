import { AppManifestUtils, type TeamsManifest } from '@microsoft/app-manifest';
import { strToU8, zipSync } from 'fflate';
import { z } from 'zod';
import { colourIcon, outlineIcon } from './icons.ts';
import { type AppIds, localisationOf, manifestOf } from './manifest.ts';

/** Something in the environment is missing or wrong: one line that names it. */
export class NotReady extends Error {}

const guid = z.guid('must be the id of a registration, a GUID').transform((id) => id.toLowerCase());
const Environment = z.object({
  PUBLIC_URL: z
    .url('must be the https address that people use')
    .refine(isPublic, 'must be an https address that Teams can reach, without a path')
    .transform((url) => url.replace(/\/+$/, '')),
  MicrosoftAppId: guid,
  ENTRA_CLIENT_ID: guid,
});

/** @throws NotReady naming the first setting that is not there or not right. */
export function readAppIds(env: Readonly<Record<string, string | undefined>>, version: string): AppIds {
  const parsed = Environment.safeParse(env);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const name = String(issue?.path[0]);
    throw new NotReady(`${name} ${env[name] ? issue?.message : 'must be set'}`);
  }
  const { PUBLIC_URL: publicUrl, MicrosoftAppId: botAppId, ENTRA_CLIENT_ID: tabClientId } = parsed.data;
  if (botAppId === tabClientId) throw new NotReady('ENTRA_CLIENT_ID must not be the bot’s own registration');
  return { publicUrl, botAppId, tabClientId, version };
}

/**
 * The app package: manifest, languages and icons at the root of a zip, validated against Microsoft's schema without the network.
 * The same input gives the same bytes.
 * @throws Error listing what the schema does not accept.
 */
export async function packageApp(ids: AppIds): Promise<Uint8Array> {
  const manifest = manifestOf(ids);
  const problems = await AppManifestUtils.validateAgainstSchema(asSchemaType(manifest));
  if (problems.length > 0) throw new Error(`the manifest is not valid: ${problems.join('; ')}`);
  const json = (value: object) => strToU8(`${JSON.stringify(value, null, 2)}\n`);
  const files = {
    'manifest.json': json(manifest),
    'sv.json': json(localisationOf('sv')),
    'en.json': json(localisationOf('en')),
    'color.png': new Uint8Array(colourIcon()),
    'outline.png': new Uint8Array(outlineIcon()),
  };
  return zipSync(files, { level: 9, mtime: new Date(1980, 0, 1) });
}

/** The validator's type is a union of every schema's; what it does is read JSON. */
const asSchemaType = (manifest: object): TeamsManifest => manifest as TeamsManifest;

function isPublic(address: string): boolean {
  const { protocol, hostname, pathname, search } = new URL(address);
  const local = hostname === 'localhost' || !hostname.includes('.') || /^[\d.]+$|:/.test(hostname);
  return protocol === 'https:' && !local && pathname === '/' && search === '';
}
