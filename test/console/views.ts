import { expect, test } from '@jest/globals';
import { axeViolations, type ConsoleWorld, open, screenshot, LIMIT_MS } from './console-world.ts';

/** Lists that people keep for themselves. */
export function viewTests(here: () => ConsoleWorld): void {
  test(
    'a list with its tab, filters and search is kept under a name, is there again after signing in elsewhere, is renamed and deleted',
    async () => {
      const { visit } = here();
      const visitor = await visit('OPERATOR');
      const { page, complaints } = visitor;
      await open(visitor, '/');
      const views = page.getByRole('navigation', { name: '我的视图' });
      await views.getByText('还没有保存的视图').waitFor();
      expect(await views.getByRole('button', { name: '保存为视图' }).isDisabled()).toBe(true);
      await open(visitor, '/?tab=all&carrier=ZTO&interceptStatus=FAILED');
      const dialog = page.getByRole('dialog');
      const save = async (name: string): Promise<void> => {
        await views.getByRole('button', { name: '保存为视图' }).click();
        await dialog.getByRole('textbox', { name: '视图名称' }).fill(name);
        await dialog.getByRole('button', { name: '保存为视图' }).click();
      };
      await save('中通失败');
      const kept = views.getByRole('link', { name: '中通失败' });
      await kept.waitFor();
      expect(await kept.getAttribute('aria-current')).toBe('page');
      await dialog.waitFor({ state: 'detached' });
      await open(visitor, '/?tab=due');
      expect(await kept.getAttribute('aria-current')).toBeNull();
      await save('中通失败');
      await dialog.getByRole('alert').getByText('您在此页面已有视图“中通失败”').waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await dialog.getByRole('textbox', { name: '视图名称' }).fill('今天到期');
      await dialog.getByRole('button', { name: '保存为视图' }).click();
      await views.getByRole('link', { name: '今天到期' }).waitFor();
      await dialog.waitFor({ state: 'detached' });
      await screenshot(page, 'views');

      const elsewhere = await visit('OPERATOR', 'en-US');
      await elsewhere.page.getByRole('navigation', { name: 'My views' }).getByRole('link', { name: '中通失败' }).click();
      await elsewhere.page.waitForURL(/\/console\/\?tab=all&interceptStatus=FAILED&carrier=ZTO$/);
      await elsewhere.page.getByLabel('Filters').getByText('ZTO').waitFor();
      await open(elsewhere, '/claims?open=1');
      await elsewhere.page.getByText('No saved views yet').waitFor();

      await views.getByRole('button', { name: '管理视图' }).click();
      await dialog.getByRole('textbox', { name: '视图名称 今天到期' }).fill('快到期');
      await dialog.getByRole('button', { name: '改名 今天到期' }).click();
      await dialog.getByRole('button', { name: '改名 快到期' }).waitFor();
      await dialog.getByRole('button', { name: '删除 中通失败' }).click();
      await dialog.getByRole('button', { name: '删除 中通失败' }).waitFor({ state: 'detached' });
      expect(await axeViolations(page)).toEqual([]);
      await dialog.getByRole('button', { name: '关闭' }).last().click();
      expect(await views.getByRole('link').allInnerTexts()).toEqual(['快到期']);
      // What the service refused with 409 the browser says too.
      expect(complaints.filter((said) => !said.includes('409'))).toEqual([]);
      expect(elsewhere.complaints).toEqual([]);
    },
    LIMIT_MS,
  );
}
