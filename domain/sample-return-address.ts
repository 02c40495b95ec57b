import type { ReturnAddress } from './return-address.ts';

/** A shop's address as tests save it. */
export const SAMPLE_RETURN_ADDRESS: ReturnAddress = {
  name: '张三丰',
  phone: '13812341234',
  province: '浙江省',
  city: '金华市',
  district: '义乌市',
  address: '诚信大道1号仓',
};
