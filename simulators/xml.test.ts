import { expect, test } from '@jest/globals';
import { XMLParser } from 'fast-xml-parser';
import { writeXml } from './xml.ts';

test('texts survive, whatever signs are in them', () => {
  const members = { name: '网点 & <b>"引号"</b>', empty: '' };
  expect(writeXml('Root', { a: '1 & 2' })).toBe('<Root><a>1 &amp; 2</a></Root>');
  expect(new XMLParser().parse(writeXml('Root', members))).toEqual({ Root: members });
});
