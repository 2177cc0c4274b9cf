import { describe, expect, it } from 'vitest';
import { jsonTable, parseJson } from '../../src/output/table';

const table = (text: string) => jsonTable(parseJson(text));

describe('JSON as a table', () => {
  it('shows what `ip -j` prints: nested values in columns, lists joined', () => {
    const printed =
      '[{"ifname":"lo","flags":["UP","LOOPBACK"],"addr_info":[{"local":"127.0.0.1","prefixlen":8}]},' +
      '{"ifname":"eth0","stats64":{"rx":{"bytes":7}}}]\n';
    expect(table(printed)).toEqual({
      columns: ['ifname', 'flags', 'addr_info', 'stats64.rx.bytes'],
      rows: [
        ['lo', 'UP, LOOPBACK', 'local=127.0.0.1 prefixlen=8', ''],
        ['eth0', '', '', '7'],
      ],
    });
  });

  it('takes one value a line, and the list inside an object', () => {
    expect(table('{"ID":"1"}\n{"ID":"2"}\n')?.rows).toEqual([['1'], ['2']]);
    expect(table('{"kind":"List","items":[{"a":1},{"a":2}]}')?.rows).toEqual([['1'], ['2']]);
    expect(table('{"a":1,"b":null}')).toEqual({ columns: ['a', 'b'], rows: [['1', '']] });
  });

  it('is none for what is no JSON and no list of objects', () => {
    expect(parseJson('[ERROR] no')).toBeNull();
    expect(parseJson('{"a":1}\nand more')).toBeNull();
    expect(table('[1,2]')).toBeNull();
    expect(table('[]')).toBeNull();
  });
});
