import { describe, expect, it } from 'vitest';
import { pluginFacts } from '../scripts/docs/pluginFacts';

describe('On a phone, where there is no Node,', () => {
  it('the plugin loads, and offers the path but no lab machine', async () => {
    const { commands, settings } = await pluginFacts('mobile');
    const ids = commands.map(({ id }) => id);
    expect(ids).toContain('open-path');
    expect(ids.filter((id) => /lab-machine|lab-vm|lab-tools/.test(id))).toEqual([]);
    expect(settings.length).toBeGreaterThan(0);
    expect(JSON.stringify(settings)).not.toContain('The throw-away Linux that cells and labs run on.');
  });
});
