// What a press of Run sends to the Rust Playground, from every page, compiles with what is there.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { compiled, sent } from './programs.js';
import { open, pages } from './site.js';

let site;

before(async () => {
    site = await open();
});

after(() => site.close());

// The first time, cargo compiles tokio, too.
test('every program with a Run button compiles on the Playground', { timeout: 500_000 }, async () => {
    const page = await site.page();
    const programs = [];
    for (const path of await pages()) {
        await page.goto(site.url(path));
        for (const { where, ...rest } of await sent(page)) programs.push({ where: `${path}: ${where}`, ...rest });
    }
    await site.done(page);
    assert.ok(programs.length > 100, `${programs.length} programs have a Run button`);
    const found = await compiled(programs, 'book');
    if (found.length) assert.fail(found.join('\n\n'));
});
