import { XMLBuilder, XMLParser } from 'fast-xml-parser';
import { asRecord, readJson } from './payload.ts';

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: true,
  // Also what turns numeric references (`&#20320;`) into characters.
  htmlEntities: true,
});
const builder = new XMLBuilder({ suppressEmptyNode: false });

/**
 * Members of an XML document's root element, every value text. Null for anything that is not one element; a document
 * type is refused before parsing, so no entity of the sender's own can be declared or expanded.
 */
export function readXml(text: string): { root: string; members: Record<string, unknown> } | null {
  if (!text.trimStart().startsWith('<') || /<!(DOCTYPE|ENTITY)/i.test(text)) return null;
  let parsed: unknown;
  try {
    // Through JSON once: the same cleaning as any other payload, and plain objects only.
    parsed = readJson(JSON.stringify(parser.parse(text)));
  } catch {
    return null;
  }
  const roots = Object.entries(asRecord(parsed) ?? {});
  const [first] = roots;
  if (roots.length !== 1 || !first) return null;
  const members = asRecord(first[1]);
  return members ? { root: first[0], members } : null;
}

/** One element with text members, escaped. */
export function writeXml(root: string, members: Record<string, string>): string {
  const storable = Object.entries(members).map(([name, text]) => [name, withoutControls(text)]);
  return builder.build({ [root]: Object.fromEntries(storable) });
}

/** XML 1.0 has no way to write a control character. */
function withoutControls(text: string): string {
  return Array.from(text.toWellFormed())
    .filter((character) => character >= ' ' || character === '\n' || character === '\t')
    .join('');
}
