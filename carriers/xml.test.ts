import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readXml, writeXml } from './xml.ts';

describe('readXml', () => {
  test('reads members of the root as text', () => {
    const xml =
      '<?xml version="1.0" encoding="UTF-8"?><UpdateInfo a="1"><mailNo>0012</mailNo><remark>退回 &lt;&amp;&gt; &#20320;</remark><c/></UpdateInfo>';
    expect(readXml(xml)).toEqual({ root: 'UpdateInfo', members: { mailNo: '0012', remark: '退回 <&> 你', c: '' } });
  });

  test('decodes references once and leaves unknown ones', () => {
    expect(readXml('<a><b>&amp;lt; &apos;&quot; &#20320;&#x4F60;&#X; &nbsp; &#1114112; &x;</b></a>')?.members).toEqual({
      b: '&lt; \'" 你你&#X; &nbsp; &#1114112; &x;',
    });
  });

  test('reads CDATA verbatim', () => {
    expect(readXml('<a><b><![CDATA[<退回> &amp; x]]></b></a>')?.members).toEqual({ b: '<退回> &amp; x' });
  });

  test.each([
    '',
    'hello',
    '{"a":1}',
    '<a>text</a>',
    '<a><b>1</b></a><c><d>2</d></c>',
    '<!DOCTYPE a [<!ENTITY x "y">]><a><b>&x;</b></a>',
    '<!doctype a SYSTEM "file:///etc/passwd"><a><b>1</b></a>',
    '<a><__proto__><b>1</b></__proto__></a>',
    '<a>'.repeat(5_000),
  ])('refuses %p', (text) => {
    expect(readXml(text)).toBeNull();
  });

  test('never throws', () => {
    const markup = fc
      .array(fc.constantFrom('<a>', '</a>', '<b/>', '&', '&#0;', '<![CDATA[', ']]>', '<!--', '-->', '<?', '?>', '<', '>', '"', 'x', '='))
      .map((parts) => parts.join(''));
    fc.assert(fc.property(markup, (text) => expect(() => readXml(`<${text}`)).not.toThrow()));
  });
});

describe('writeXml', () => {
  test('escapes what it is given and drops what XML cannot hold', () => {
    expect(writeXml('R', { a: '<x>&"', b: '', c: '\u0001退' })).toBe('<R><a>&lt;x&gt;&amp;&quot;</a><b></b><c>退</c></R>');
  });

  test('what it writes reads back', () => {
    const word = fc.string({ unit: 'grapheme-ascii' }).map((text) => text.trim());
    fc.assert(fc.property(word, (text) => expect(readXml(writeXml('R', { a: text, b: 'x' }))?.members).toEqual({ a: text, b: 'x' })));
  });
});
