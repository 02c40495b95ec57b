import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readCarrierProgress, type WorkOrderReading } from './carrier-progress.ts';

const order = (kind: 'CREATED' | 'PROCESSING' | 'FINISHED', ...replies: string[]): WorkOrderReading => ({
  kind,
  replies: replies.map((text) => ({ text })),
  reference: 'GD1',
});
const verdict = (text: string, claimedFen = 20_000) => {
  const progress = readCarrierProgress(order('FINISHED', '客服已受理', text), claimedFen);
  return progress?.verdictMissing ? 'IN_DOUBT' : progress?.status === 'UPHELD' ? progress.upheldFen : progress?.status;
};

describe('a work order as progress', () => {
  test('its states', () => {
    expect(readCarrierProgress(order('CREATED'), 1)).toEqual({ status: 'ACCEPTED', upheldFen: null, verdictMissing: false });
    expect(readCarrierProgress(order('PROCESSING', '同意赔付0.01元'), 1)).toEqual({
      status: 'ARBITRATING',
      upheldFen: null,
      verdictMissing: false,
    });
    expect(readCarrierProgress({ kind: 'UNKNOWN', reason: 'timeout' }, 1)).toBeNull();
    expect(readCarrierProgress(order('FINISHED'), 1)).toEqual({ status: 'ARBITRATING', upheldFen: null, verdictMissing: true });
  });

  test.each([
    ['经核实情况属实，同意按申报金额赔付', 20_000],
    ['同意全额赔付', 20_000],
    ['核实属实，同意赔付123.45元', 12_345],
    ['已赔付 88.5 元，请查收', 8_850],
    ['网点已同意赔付200元', 20_000],
    ['予以赔偿50元', 5_000],
    ['经核实非运输造成，不予赔付', 'DISMISSED'],
    ['不符合理赔条件', 'DISMISSED'],
    ['索赔申请驳回', 'DISMISSED'],
    ['无法理赔', 'DISMISSED'],
  ])('%s', (text, expected) => expect(verdict(text)).toBe(expected));

  test.each([
    '已完结',
    '同意赔付',
    '同意赔付200.01元',
    '同意赔付0元',
    '同意赔付100元或150元',
    '已赔付100元，其余不予赔付',
    '待网点同意赔付100元',
    '是否同意赔付100元',
    '网点同意后赔付100元',
    '可能赔付50元',
    '需补充材料，如同意赔付100元请回复',
    '已提交赔付申请50元',
    '',
  ])('in doubt the merchant decides: %s', (text) => expect(verdict(text)).toBe('IN_DOUBT'));

  test('whatever the words, never more than was claimed and never nothing', () => {
    const words = fc.array(
      fc.constantFrom('同意', '赔付', '不予', '全额', '申报金额', '100元', '99999元', '0元', '已', '，', '驳回', '待'),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 1_000_000 }), (parts, claimedFen) => {
        const read = readCarrierProgress(order('FINISHED', parts.join('')), claimedFen);
        if (read?.status === 'UPHELD') {
          expect(read.upheldFen).toBeGreaterThan(0);
          expect(read.upheldFen).toBeLessThanOrEqual(claimedFen);
        } else expect(read?.upheldFen).toBeNull();
      }),
      { numRuns: 2_000 },
    );
  });
});
