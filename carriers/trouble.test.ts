import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DAMAGED, NOT_DAMAGED } from './testing/damaged-sentences.ts';
import { LOST, NOT_LOST } from './testing/lost-sentences.ts';
import { troubleIn } from './trouble.ts';

/** Share of a list that is read as it means. */
const share = (sentences: readonly string[], trouble: string) =>
  sentences.filter((sentence) => troubleIn(sentence) === trouble).length / sentences.length;

describe('two hundred sentences of loss and two hundred of damage', () => {
  test.each([
    ['of a loss', LOST, NOT_LOST],
    ['of damage', DAMAGED, NOT_DAMAGED],
  ])('a hundred %s and a hundred that only sound like it, each once', (_what, says, saysNot) => {
    expect([says.length, saysNot.length]).toEqual([100, 100]);
    expect(new Set([...says, ...saysNot]).size).toBe(200);
  });

  test('what is denied, doubted, feared, prevented, asked or recovered is no loss and no damage', () => {
    expect([...NOT_LOST, ...NOT_DAMAGED].filter((sentence) => troubleIn(sentence) !== null)).toEqual([]);
  });

  test('a loss is never read as damage nor damage as a loss', () => {
    expect(LOST.filter((sentence) => troubleIn(sentence) === 'DAMAGED')).toEqual([]);
    expect(DAMAGED.filter((sentence) => troubleIn(sentence) === 'LOST')).toEqual([]);
  });

  test('at least nine in ten that say so are understood', () => {
    expect(share(LOST, 'LOST')).toBeGreaterThanOrEqual(0.9);
    expect(share(DAMAGED, 'DAMAGED')).toBeGreaterThanOrEqual(0.9);
  });
});

test.each([
  ['发现遗失件一件'],
  ['网点发现遗失件'],
  ['系统判定遗失'],
  ['将判定遗失，请联系网点'],
  ['请网点确认遗失'],
  ['快件遗失，派件中'],
  ['快件遗失【派件中】'],
  ['快件遗失（派送中）'],
  ['快件遗失，已到达网点'],
  ['快件遗失，已安排派送'],
  ['内件遗失，外包装破损'],
  ['有发未到，按遗失件处理'],
  ['快递员手机丢失，请联系网点'],
  ['物品丢失'],
  ['单丢失，请联系网点'],
  ['快件遗失，感谢使用已追回'],
  [`${'快件'.repeat(30)}遗失`],
  [`${'网点登记，'.repeat(200)}遗失`],
])('known words alone do not make a statement: %s', (sentence) => {
  expect(troubleIn(sentence)).toBeNull();
});

describe('composed sentences', () => {
  const oneOf = (list: string) => fc.constantFrom(...list.trim().split(/\s+/));
  const subject = fc.constantFrom('', '快件', '包裹', '此件', '您的快件', '该票快件', '货物');
  const lost = fc.constantFrom('遗失', '丢失', '已遗失', '已丢失', '确认遗失', '在运输途中丢失');
  const damaged = fc.constantFrom('破损', '已破损', '严重破损', '外包装破损', '损坏');
  const statement = fc.tuple(subject, fc.oneof(lost, damaged)).map((parts) => parts.join(''));
  const neutral = fc.constantFrom(
    '正在处理',
    '已联系寄件人',
    '请联系寄件网点',
    '非常抱歉',
    '给您带来不便敬请谅解',
    '理赔中',
    '如有疑问请电联0571',
  );
  const before = oneOf(`未 没有 并未 无 非 不会 不是 避免 为避免 以免 防止 谨防 杜绝 请勿 小心 担心 怕 疑似 怀疑
    可能 或 恐 估计 大概 好像 是否 有无 请核实 待确认 客户称 客户反馈 据说 如 如有 若 倘若 万一
    一旦 假如 要是 视为 排除 误登记为 撤销 取消 解除 曾 此前 原登记`);
  const after = oneOf(`吗 ？ 么 风险 后已找回 系误报 的话 情况待核实 已撤销 已解除 可申请理赔 由网点负责 后重新派送 与否`);
  const aside = oneOf(`已找回 现已找到 已寻回 已追回 已恢复 已到件 已签收 继续派送 重新派送 已重新包装 已加固 内件完好
    正在核实 查找中 待确认 系误登 登记有误 已更正 已撤销 客户已收到 不影响派送 已解决 派送中 已补发面单`);
  const mark = fc.constantFrom('，', ',', '；', '。', '、', ' ， ', '：', '～');

  test('a statement with known company is what it says', () => {
    fc.assert(
      fc.property(subject, lost, fc.array(neutral, { maxLength: 3 }), mark, (whose, said, others, between) => {
        expect(troubleIn([`${whose}${said}`, ...others].join(between))).toBe('LOST');
      }),
    );
  });

  test('a denial, a doubt, a condition or a fear beside the word undoes it', () => {
    fc.assert(
      fc.property(
        fc.option(before),
        statement,
        fc.option(after),
        fc.array(neutral, { maxLength: 2 }),
        mark,
        (left, said, right, others, between) => {
          fc.pre(left !== null || right !== null);
          expect(troubleIn([`${left ?? ''}${said}${right ?? ''}`, ...others].join(between))).toBeNull();
        },
      ),
      { numRuns: 3_000 },
    );
  });

  test('a recovery or a doubt anywhere in the sentence undoes it, however it is set off', () => {
    const setOff = fc.constantFrom(
      (text: string) => text,
      (text: string) => `（${text}）`,
      (text: string) => `【${text}】`,
    );
    fc.assert(
      fc.property(
        statement,
        aside,
        setOff,
        fc.array(neutral, { maxLength: 2 }),
        mark,
        fc.nat(),
        (said, other, wrap, others, between, at) => {
          const clauses = [said, ...others];
          clauses.splice(at % (clauses.length + 1), 0, wrap(other));
          expect(troubleIn(clauses.join(between))).toBeNull();
        },
      ),
      { numRuns: 3_000 },
    );
  });

  test('whatever the text, it is judged, and never by a word that is not in it', () => {
    const scraps = fc.constantFrom('快件', '过程', '中', '遗失', '破损', '【', '】', '（', '）', '，', '未', '件', '派件', 'x', ' ');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(scraps, { maxLength: 60 }).map((parts) => parts.join('')),
        ),
        (text) => {
          const trouble = troubleIn(text);
          if (trouble === 'LOST') expect(text).toMatch(/遗失|丢失|丢件|灭失/);
          if (trouble === 'DAMAGED') expect(text).toMatch(/破|损|碎|坏/);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
