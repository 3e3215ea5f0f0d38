// The list of all questions of the FAQ, and that a browser's find leads there from a message.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { entries, LIST } from './faq.js';
import { open, pages } from './site.js';

let site;
/** The entries of the FAQ. */
let all;

before(async () => {
    site = await open();
    const page = await site.page();
    await page.goto(site.url(LIST));
    all = await entries(page, site, await pages());
    await site.done(page);
    assert.ok(all.length > 0, 'the FAQ has entries');
});

after(() => site.close());

/** A page that shows the list; `listed` has its links, as `{ heading, url }`. */
async function list(options) {
    const page = await site.page(options);
    await page.goto(site.url(LIST));
    const listed = await page.$$eval('main li > p:first-child > a', (links, root) => links.map(it => {
        return { heading: it.textContent.trim(), url: decodeURIComponent(it.href.slice(root.length)) };
    }), site.url(''));
    return { page, listed };
}

test('every question is listed once, and its link leads to it', async () => {
    const { page, listed } = await list();
    const byUrl = (a, b) => (a.url < b.url ? -1 : 1);
    assert.deepEqual(
        listed.toSorted(byUrl),
        all.map(({ heading, url }) => ({ heading, url })).sort(byUrl),
    );
    await site.done(page);
});

test('a line of each message is found below its question', async () => {
    const { page, listed } = await list();
    const messages = all.filter(({ message }) => message.length);
    assert.ok(messages.length > 0, 'there are messages');
    for (const { page: path, heading, url, message } of messages) {
        // The first error or warning of the compiler's, or the first line.
        const line = message.find(it => /^(error|warning)[:[]/.test(it)) ?? message[0];
        // Where several questions are about it, they are found one after the other.
        const found = await page.evaluate(([line, root]) => {
            getSelection().removeAllRanges();
            const urls = new Set();
            while (window.find(line, true)) {
                const place = getSelection().anchorNode.parentElement.closest('main li');
                const link = place?.querySelector('a');
                if (link) urls.add(decodeURIComponent(link.href.slice(root.length)));
            }
            return [...urls];
        }, [line, site.url('')]);
        assert.ok(found.includes(url), `${path}: "${heading}" is not found by ${line}, but ${found}`);
    }
    assert.equal(listed.length, all.length);
    await site.done(page);
});

for (const width of [320, 360, 1280]) {
    test(`at ${width} px every message is whole`, async () => {
        const { page } = await list({ viewport: { width, height: 740 } });
        const wide = await page.$$eval('main code.message', blocks => blocks
            .filter(it => it.scrollWidth > it.clientWidth)
            .map(it => it.textContent));
        assert.deepEqual(wide, []);
        assert.ok(await page.evaluate(() => {
            const { scrollWidth, clientWidth } = document.documentElement;
            return scrollWidth <= clientWidth;
        }), 'the page is as wide as the window');
        await site.done(page);
    });
}
