import { XMLParser } from 'fast-xml-parser';
import { asRecord, readJson } from './payload.ts';

const ENTITIES = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** The five entities of XML and numeric references in one pass; whatever else looks like a reference stays as it is. */
function decodeReferences(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w{1,8}));/g, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return ENTITIES.get(name) ?? whole;
    const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}

const ignore = () => undefined;
const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: true,
  // Takes no declared entities in, so none of the sender's own can be expanded.
  entityDecoder: { decode: decodeReferences, setExternalEntities: ignore, addInputEntities: ignore, reset: ignore, setXmlVersion: ignore },
});

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

/** One element with text members, escaped. Names are the caller's own; control characters, which XML 1.0 cannot hold, are dropped. */
export function writeXml(root: string, members: Record<string, string>): string {
  const content = Object.entries(members).map(([name, text]) => `<${name}>${escapeText(text)}</${name}>`);
  return `<${root}>${content.join('')}</${root}>`;
}

function escapeText(text: string): string {
  const storable = Array.from(text.toWellFormed()).filter((character) => character >= ' ' || character === '\n' || character === '\t');
  return storable.join('').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
