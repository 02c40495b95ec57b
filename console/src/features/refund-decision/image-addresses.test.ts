import { expect, test } from '@jest/globals';
import { readAddresses } from './image-addresses.ts';

test.each<[string, string[] | null]>([
  ['', []],
  ['https://a.example/1.jpg\n https://a.example/2.jpg ', ['https://a.example/1.jpg', 'https://a.example/2.jpg']],
  ['javascript:alert(1)', null],
  ['https://', null],
  ['https://a.example/1 https://a.example/2 https://a.example/3 https://a.example/4', null],
])('%j', (typed, read) => expect(readAddresses(typed, 3)).toEqual(read));
