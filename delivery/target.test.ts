import { describe, expect, test } from '@jest/globals';
import type { LookupAddress } from 'node:dns';
import { guardLookup, isPublicAddress, readTarget, resolveTarget, type TargetRefusal } from './target.ts';

const PUBLIC = { allowLoopback: false };
const EMBEDDED = { allowLoopback: true };

function refusal(url: string, rules = PUBLIC): TargetRefusal | null {
  try {
    readTarget(url, rules);
    return null;
  } catch (error) {
    return (error as { reason: TargetRefusal }).reason;
  }
}

describe('S17: the form of an address', () => {
  test.each([
    'https://erp.example.com/hooks',
    'https://erp.example.com:443/hooks?shop=1',
    'https://8.8.8.8/hooks',
    'https://[2606:4700::1111]/',
    'https://xn--fiqs8s.example/',
  ])('%s may be called', (url) => {
    expect(refusal(url)).toBeNull();
  });

  test.each<[string, TargetRefusal]>([
    ['http://erp.example.com/', 'NOT_HTTPS'],
    ['ftp://erp.example.com/', 'NOT_HTTPS'],
    ['file:///etc/passwd', 'NOT_HTTPS'],
    ['//erp.example.com/', 'NOT_A_URL'],
    ['https://', 'NOT_A_URL'],
    ['https:\\\\127.0.0.1\\', 'NOT_A_URL'],
    ['https://erp.example.com/ x', 'NOT_A_URL'],
    ['https://erp.exam\nple.com/', 'NOT_A_URL'],
    ['https://１２７.0.0.1/', 'NOT_A_URL'],
    [`https://erp.example.com/${'x'.repeat(2_000)}`, 'NOT_A_URL'],
    ['https://user@erp.example.com/', 'USER_INFO'],
    ['https://user:secret@erp.example.com/', 'USER_INFO'],
    ['https://erp.example.com@127.0.0.1/', 'USER_INFO'],
    ['https://erp.example.com/#top', 'FRAGMENT'],
    ['https://erp.example.com:8443/', 'PORT'],
    ['https://erp.example.com:22/', 'PORT'],
    ['https://erp.example.com:6379/', 'PORT'],
    ['https://localhost/', 'NOT_PUBLIC'],
    ['https://api.localhost/', 'NOT_PUBLIC'],
    ['https://printer.local/', 'NOT_PUBLIC'],
    ['https://metadata.google.internal/', 'NOT_PUBLIC'],
    ['https://intranet/', 'NOT_PUBLIC'],
    ['https://erp/', 'HOST_FORM'],
    ['https://erp.example.com./', 'HOST_FORM'],
    ['https://127.0.0.1/', 'NOT_PUBLIC'],
    ['https://127.8.9.10/', 'NOT_PUBLIC'],
    ['https://10.0.0.1/', 'NOT_PUBLIC'],
    ['https://172.16.0.1/', 'NOT_PUBLIC'],
    ['https://192.168.1.1/', 'NOT_PUBLIC'],
    ['https://169.254.169.254/latest/meta-data/', 'NOT_PUBLIC'],
    ['https://100.64.0.1/', 'NOT_PUBLIC'],
    ['https://0.0.0.0/', 'NOT_PUBLIC'],
    ['https://255.255.255.255/', 'NOT_PUBLIC'],
    ['https://224.0.0.1/', 'NOT_PUBLIC'],
    ['https://[::1]/', 'NOT_PUBLIC'],
    ['https://[::]/', 'NOT_PUBLIC'],
    ['https://[fc00::1]/', 'NOT_PUBLIC'],
    ['https://[fd12:3456::1]/', 'NOT_PUBLIC'],
    ['https://[fe80::1]/', 'NOT_PUBLIC'],
    ['https://[::ffff:7f00:1]/', 'NOT_PUBLIC'],
    ['https://[::7f00:1]/', 'NOT_PUBLIC'],
    ['https://[64:ff9b::7f00:1]/', 'NOT_PUBLIC'],
    ['https://[2002:7f00:1::]/', 'NOT_PUBLIC'],
    ['https://[::ffff:127.0.0.1]/', 'HOST_FORM'],
    ['https://2130706433/', 'HOST_FORM'],
    ['https://134744072/', 'HOST_FORM'],
    ['https://0x7f000001/', 'HOST_FORM'],
    ['https://0x7f.1/', 'HOST_FORM'],
    ['https://0177.0.0.1/', 'HOST_FORM'],
    ['https://127.1/', 'HOST_FORM'],
    ['https://8.8.8.8./', 'HOST_FORM'],
    ['https://%31%32%37.0.0.1/', 'HOST_FORM'],
  ])('%j is refused: %s', (url, reason) => {
    expect(refusal(url)).toBe(reason);
  });

  test('the embedded mode may call its own machine, nothing else that is not public', () => {
    for (const url of ['http://127.0.0.1:9000/x', 'http://localhost:9000/', 'https://erp.localhost:8443/', 'http://[::1]:80/']) {
      expect(refusal(url, EMBEDDED)).toBeNull();
    }
    expect(refusal('http://erp.example.com/', EMBEDDED)).toBe('NOT_HTTPS');
    expect(refusal('https://10.0.0.1/', EMBEDDED)).toBe('NOT_PUBLIC');
    expect(refusal('http://169.254.169.254/', EMBEDDED)).toBe('NOT_HTTPS');
    expect(refusal('http://2130706433/', EMBEDDED)).toBe('HOST_FORM');
  });

  test('addresses of every special range are not public', () => {
    for (const address of ['8.8.8.8', '114.114.114.114', '2400:3200::1']) expect(isPublicAddress(address)).toBe(true);
    for (const address of [
      '::ffff:8.8.8.8',
      '198.18.0.1',
      '192.0.2.1',
      '240.0.0.1',
      'fec0::1',
      '2001::1',
      '2001:db8::1',
      '100::1',
      '4000::1',
      'x',
    ]) {
      expect(isPublicAddress(address)).toBe(false);
    }
  });
});

describe('S18: where a name leads', () => {
  const answers =
    (...addresses: string[]) =>
    async (): Promise<LookupAddress[]> =>
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

  test('one inner address among public ones makes the name suspect', async () => {
    await expect(resolveTarget('erp.example.com', PUBLIC, answers('8.8.8.8', '2400:3200::1'))).resolves.toHaveLength(2);
    await expect(resolveTarget('erp.example.com', PUBLIC, answers('8.8.8.8', '10.0.0.1'))).rejects.toMatchObject({ reason: 'NOT_PUBLIC' });
    await expect(resolveTarget('erp.example.com', PUBLIC, answers('::ffff:127.0.0.1'))).rejects.toMatchObject({ reason: 'NOT_PUBLIC' });
    await expect(resolveTarget('erp.example.com', PUBLIC, answers())).rejects.toMatchObject({ reason: 'NAME_NOT_FOUND' });
    const failing = () => Promise.reject(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }));
    await expect(resolveTarget('erp.example.com', PUBLIC, failing)).rejects.toMatchObject({ reason: 'NAME_NOT_FOUND' });
  });

  test('in the embedded mode only the machine’s own names may lead to loopback', async () => {
    await expect(resolveTarget('erp.localhost', EMBEDDED, answers('127.0.0.1'))).resolves.toHaveLength(1);
    await expect(resolveTarget('erp.localhost', EMBEDDED, answers('10.0.0.1'))).rejects.toMatchObject({ reason: 'NOT_PUBLIC' });
    await expect(resolveTarget('erp.example.com', EMBEDDED, answers('127.0.0.1'))).rejects.toMatchObject({ reason: 'NOT_PUBLIC' });
  });

  test('the connection gets the checked addresses, in each form Node asks for', async () => {
    const lookup = guardLookup(PUBLIC, answers('8.8.8.8', '2400:3200::1'));
    const ask = (options: object) =>
      new Promise((resolve, reject) =>
        lookup('erp.example.com', options, (error, address, family) => (error ? reject(error) : resolve([address, family]))),
      );
    await expect(ask({})).resolves.toEqual(['8.8.8.8', 4]);
    await expect(ask({ family: 6 })).resolves.toEqual(['2400:3200::1', 6]);
    await expect(ask({ all: true })).resolves.toEqual([expect.arrayContaining([{ address: '8.8.8.8', family: 4 }]), undefined]);
    const inner = guardLookup(PUBLIC, answers('192.168.0.7'));
    const refused = new Promise((resolve) => inner('erp.example.com', {}, (error) => resolve(error)));
    await expect(refused).resolves.toMatchObject({ reason: 'NOT_PUBLIC' });
  });
});
