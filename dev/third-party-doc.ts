import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where the page is kept. */
export const THIRD_PARTY_DOC = fileURLToPath(new URL('../THIRD_PARTY.md', import.meta.url));
const LOCK = fileURLToPath(new URL('../package-lock.json', import.meta.url));

interface LockedPackage {
  version: string;
  license?: string;
  dev?: boolean;
  optional?: boolean;
}

/** Licences that ask no more than to be named; any other is a question for a person. */
const PERMISSIVE = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
  'CC0-1.0',
  'CC-BY-4.0',
  'PostgreSQL',
]);

/** Packages that declare none but have the text of one. */
const BY_THEIR_TEXT: Readonly<Record<string, string>> = { unionfs: 'Unlicense' };

/** The page `THIRD_PARTY.md`: every package that goes out with the product, with the licence that it declares. Throws on one that is not permissive. */
export function renderThirdPartyDoc(): string {
  const { packages } = JSON.parse(readFileSync(LOCK, 'utf8')) as { packages: Record<string, LockedPackage> };
  const lines = Object.entries(packages).flatMap(([path, { version, license: declared, dev, optional }]) => {
    if (path === '' || dev === true || optional === true) return [];
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const license = declared ?? BY_THEIR_TEXT[name] ?? 'none';
    const allowed = license
      .replaceAll(/[()]/g, '')
      .split(' OR ')
      .some((one) => one.split(' AND ').every((part) => PERMISSIVE.has(part)));
    if (!allowed) throw new Error(`${name} ${version} is under "${license}": a person has to judge that`);
    return [`| ${name} | ${version} | ${license} |`];
  });
  return [
    '# Packages of others',
    '',
    'What is installed with the product (`npm ci --omit=dev`), with the licence each package declares; the licences themselves are in the packages. Builds for one platform (optional packages) are under that of the package they belong to. `npm run third-party` writes',
    'this page from `package-lock.json`, `npm run check` compares it.',
    '',
    '| package | version | licence |',
    '| --- | --- | --- |',
    ...[...new Set(lines)].sort(),
    '',
  ].join('\n');
}

if (import.meta.main) writeFileSync(THIRD_PARTY_DOC, renderThirdPartyDoc());
