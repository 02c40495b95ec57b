import { describe, expect, test } from '@jest/globals';
import { isShopSignature, saysFetched } from './shop-words.ts';

describe('saysFetched', () => {
  test.each([
    ['【武汉市】已签收，签收人凭取货码签收，如有疑问请联系：027-50000000'],
    ['【杭州市】包裹已签收！签收人凭取件码签收，如有疑问请联系：13900000000'],
    ['您的快递已签收, 签收人在【丰巢的示例小区西门(丰巢智能快递柜)】领取。'],
    ['快件已由【本人】签收'],
    ['已签收，签收人：本人'],
    ['已签收,签收人是【收件人】'],
    ['客户已取走'],
    ['快件已被收件人取走，感谢使用'],
    ['【自提柜】已签收，签收人凭取件码 已取件。'],
  ])('%s', (sentence) => {
    expect(saysFetched(sentence)).toBe(true);
  });

  test.each([
    ['快件已投递【示例路商铺2_10店】，如有问题请电联'],
    ['快件已被【示例驿站】代收，请凭取件码取件'],
    ['您的包裹已存放至【兔喜生活】，记得早点来取件哦，请客户及时领取'],
    ['快件已到达驿站，等待客户取件'],
    ['客户超时未取件'],
    ['您的快件已从【丰巢】重新取出，快递员将继续为您派件'],
    ['快递员已取走，退回网点'],
    ['客户未取走，已退回'],
    ['提醒客户前往领取'],
    ['快件已签收'],
    ['已签收，签收人是【示例超市】'],
    [''],
  ])('not: %s', (sentence) => {
    expect(saysFetched(sentence)).toBe(false);
  });
});

describe('isShopSignature', () => {
  test.each([
    [{ sentence: '已签收，签收人是【菜鸟驿站】，如有疑问请联系' }],
    [{ sentence: '快件已由【妈妈驿站】代签收' }],
    [{ sentence: '快件已由示例便利店代收' }],
    [{ sentence: '已签收，签收人：丰巢' }],
    [{ sentence: '快件已签收', signer: '兔喜生活' }],
    [{ sentence: '快件已签收', signer: '示例路快递超市' }],
    [{ sentence: '快件已投递【示例路商铺2_10店】，如有问题请电联' }],
    [{ sentence: '快件已签收', atShop: true }],
    [{ sentence: '快件已由【王五】签收', signer: '王五', atShop: true }],
    [{ sentence: '请客户及时领取', atShop: true }],
  ])('%j', (said) => {
    expect(isShopSignature(said)).toBe(true);
  });

  test.each([
    [{ sentence: '' }],
    [{ sentence: '快件已签收，签收人：本人，感谢使用' }],
    [{ sentence: '快件已由【王五】签收，签收网点：【示例高新区】。如有疑问请电联', signer: '王五' }],
    [{ sentence: '已签收，签收人：门卫', signer: '门卫' }],
    [{ sentence: '快件已签收', signer: '本人', atShop: true }],
    [{ sentence: '已签收，签收人凭取货码签收', signer: '', atShop: true }],
    [{ sentence: '签收人在【丰巢】领取', signer: '丰巢' }],
    [{ sentence: '快件已由前台签收，如需自取请到示例超市' }],
    [{ sentence: '快件已放置家门口，签收成功' }],
    [{ sentence: '快件已由【王五】签收，下次也可联系小哥放到您指定的代收点' }],
  ])('not: %j', (said) => {
    expect(isShopSignature(said)).toBe(false);
  });
});
