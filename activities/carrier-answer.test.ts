import { describe, expect, test } from '@jest/globals';
import type { InterceptAnswer, InterceptReading } from '../carriers/port.ts';
import { acceptanceIn, judgeAnswer } from './carrier-answer.ts';

const FIRST = { mayHaveAsked: false, status: null };
const AGAIN = { mayHaveAsked: true, status: null };
const exists: InterceptAnswer = { kind: 'EXISTS', code: 'E23121', message: '存在相同渠道的拦截件,不允许再次发起' };
const refused: InterceptAnswer = { kind: 'REFUSED', code: 'E23123', message: '存在退改件信息不允许拦截', perhapsOurs: true };
const status = (kind: 'INTERCEPTING' | 'SUCCEEDED' | 'FAILED' | 'NONE'): InterceptReading => ({
  kind,
  code: null,
  message: '',
  reference: 'LJ1',
});

describe('"there already is one"', () => {
  test('joins what is in force when we never asked before', () => {
    expect(judgeAnswer(exists, FIRST)).toEqual({
      kind: 'ACCEPTED',
      reference: null,
      joined: { code: 'E23121', message: '存在相同渠道的拦截件,不允许再次发起' },
    });
  });

  test('is our own after an outcome nobody knows', () => {
    expect(judgeAnswer(exists, AGAIN)).toEqual({ kind: 'ACCEPTED', reference: null });
  });
});

describe('case 24: a hindrance that may be our own earlier request (E23116, E23123, 请勿重复提交)', () => {
  const { perhapsOurs: _ours, ...plain } = refused;

  test('is a refusal to the first question', () => expect(judgeAnswer(refused, FIRST)).toEqual(plain));
  test('is ours after an unknown outcome where no status can be asked', () =>
    expect(judgeAnswer(refused, AGAIN)).toEqual({ kind: 'ACCEPTED', reference: null }));
  test.each(['NONE', 'FAILED'] as const)('is a refusal when the status is %s', (kind) =>
    expect(judgeAnswer(refused, { mayHaveAsked: true, status: status(kind) })).toEqual(plain),
  );
  test('is asked again as long as the status is unknown', () =>
    expect(judgeAnswer(refused, { mayHaveAsked: true, status: { kind: 'UNKNOWN', reason: 'HTTP 503' } })).toEqual({
      kind: 'UNKNOWN',
      reason: 'E23123 存在退改件信息不允许拦截; the status is unknown: HTTP 503',
    }));
});

test('any other refusal stays one, however often we asked', () => {
  const signed: InterceptAnswer = { kind: 'REFUSED', code: 'E23101', message: '快件已签收' };
  for (const before of [FIRST, AGAIN, { mayHaveAsked: true, status: status('FAILED') }])
    expect(judgeAnswer(signed, before)).toEqual(signed);
});

describe('finding 14: the status after an unknown outcome', () => {
  test.each(['INTERCEPTING', 'SUCCEEDED'] as const)('%s is our acceptance', (kind) =>
    expect(acceptanceIn(status(kind))).toEqual({ kind: 'ACCEPTED', reference: 'LJ1' }),
  );
  test.each(['FAILED', 'NONE'] as const)('%s is none: the request is made again', (kind) => expect(acceptanceIn(status(kind))).toBeNull());
  test('an unknown status is none', () => {
    expect(acceptanceIn({ kind: 'UNKNOWN', reason: 'HTTP 503' })).toBeNull();
    expect(acceptanceIn(null)).toBeNull();
  });
});
