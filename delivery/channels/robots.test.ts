import { describe, expect, test } from '@jest/globals';
import { dingtalkSignature, feishuSignature, readRobotAnswer, ROBOTS } from './robots.ts';

describe('signatures, by the Python samples of the public documents run with Python’s own hmac', () => {
  test('DingTalk: Base64 of HMAC-SHA256 over "timestamp\\nsecret" with the secret as key', () => {
    expect(dingtalkSignature(1_577_262_236_757, 'this is secret')).toBe('hmPWwU+7lVdm3ZZz0r9tSfx0L4Q26jWOZr9+Gs6EZQM=');
    const target = { url: 'https://oapi.dingtalk.com/robot/send?access_token=5d41402abc4b2a76', secret: 'SEC7d793037a0763331' };
    expect(ROBOTS.DINGTALK.request(target, '测试', 1_577_262_236_757)).toEqual({
      url: `${target.url}&timestamp=1577262236757&sign=1OGM79VfC%2BYARLd6CZwP5uqUHDTQZE4uR3%2BJIrlRDxU%3D`,
      body: '{"msgtype":"text","text":{"content":"测试"}}',
    });
  });

  test('Feishu: Base64 of HMAC-SHA256 over nothing with "timestamp\\nsecret" as key, in seconds', () => {
    expect(feishuSignature(1_599_360_473, 'demo')).toBe('l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=');
    const target = { url: 'https://open.feishu.cn/open-apis/bot/v2/hook/6223fc9e', secret: 'Kn9tVQ2m7Yw0pX' };
    const { url, body } = ROBOTS.FEISHU.request(target, '测试', 1_599_360_473_999);
    expect(url).toBe(target.url);
    expect(JSON.parse(body)).toEqual({
      timestamp: '1599360473',
      sign: 'jMlzZYUWhQoF7/vtuFmtfJYej/I2+SXJJgUHAouEmSY=',
      msg_type: 'text',
      content: { text: '测试' },
    });
  });

  test('WeCom: the key in the address is all', () => {
    const url = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693axxx6-7aoc-4bc4-97a0-0ec2sifa5aaa';
    expect(ROBOTS.WECOM.request({ url, secret: null }, '测试', 0)).toEqual({ url, body: '{"msgtype":"text","text":{"content":"测试"}}' });
    expect(ROBOTS.WECOM.form.test(new URL(url).pathname + new URL(url).search)).toBe(true);
  });
});

test.each([
  ['DINGTALK', '{"errcode":0,"errmsg":"ok"}', null, null],
  ['DINGTALK', '{"errcode":310000,"errmsg":"sign not match"}', 'ERRCODE_310000', null],
  ['DINGTALK', '{"status":1111,"errcode":130101,"errmsg":"send too fast, exceed 20 times per minute"}', 'ERRCODE_130101', 600_000],
  ['WECOM', '{"errcode":45009,"errmsg":"api freq out of limit"}', 'ERRCODE_45009', 600_000],
  ['FEISHU', '{"StatusCode":0,"StatusMessage":"success"}', null, null],
  ['FEISHU', '{"code":0,"msg":"success","data":{}}', null, null],
  ['FEISHU', '{"code":19021,"msg":"sign match fail or timestamp is not within one hour from current time"}', 'ERRCODE_19021', null],
  ['FEISHU', '{"code":11232,"msg":"too many"}', 'ERRCODE_11232', 600_000],
  ['WECOM', '<html>200 OK</html>', 'ANSWER_UNREADABLE', null],
  ['WECOM', '{"errmsg":"ok"}', 'ANSWER_UNREADABLE', null],
  ['WECOM', 'null', 'ANSWER_UNREADABLE', null],
  ['WECOM', '{"errcode":"0"}', 'ANSWER_UNREADABLE', null],
] as const)('%s answers 200 and %s: %s', (kind, answer, reason, waitMs) => {
  expect(readRobotAnswer(ROBOTS[kind], answer)).toEqual({ reason, waitMs });
});
