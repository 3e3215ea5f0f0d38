// Every page of the site, in both themes, on a wide window and on a phone, and with everything open that
// a reader can open: what judge.js complains of.

import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { after, before, test } from 'node:test';
import { axe, COLORS, links, overflow, structure } from './judge.js';
import { open, pages, THEMES } from './site.js';

/** The pages that mdBook makes beside those of the book. */
const ASIDE = ['404.html', 'index.html', 'toc.html'];

const WIDE = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

/** A page with code, hidden lines and terms, for what is the same on all of them. */
const PAGE = 'concurrency/what-is-async.html';

let site;

before(async () => {
    site = await open();
});

after(() => site.close());

/** Complaints as they are reported: where, then what. */
const at = (where, complaints) => complaints.map(it => `  ${where}: ${it}`);

/** Fails with all complaints, page by page. */
const none = byPage => {
    const lines = [...byPage].filter(([, found]) => found.length).sort()
        .flatMap(([path, found]) => [path, ...found]);
    if (lines.length) assert.fail(lines.join('\n'));
};

/** Goes to a page and waits until its scripts are done. */
const goto = async (page, path) => {
    await page.goto(site.url(path));
    // What scrolls is known after it has been laid out.
    await page.evaluate(() => new Promise(done => {
        requestAnimationFrame(() => requestAnimationFrame(done));
    }));
};

/** Sets the theme as a reader does; a page without JavaScript has the first. */
const setTheme = (page, theme) => page.evaluate(it => {
    const select = document.getElementById('theme');
    if (!select) return;
    select.value = it;
    select.dispatchEvent(new Event('change'));
}, theme);

/** The page as it is on view: by all rules in the first theme, by those about colors in the others. */
const inThemes = async (page, where, { isCovered } = {}) => {
    const found = [...at(where, await overflow(page))];
    for (const [index, theme] of THEMES.entries()) {
        await setTheme(page, theme);
        const rules = index === 0 ? undefined : COLORS;
        found.push(...at(`${theme}, ${where}`, await axe(page, { rules, isCovered })));
    }
    await setTheme(page, THEMES[0]);
    return found;
};

/** The page in a window of `width` CSS pixels, each of `scale` pixels of the screen. */
const narrowed = async (page, width, scale, { isMobile = false }) => {
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setDeviceMetricsOverride', {
        width, height: 480, deviceScaleFactor: scale, mobile: isMobile,
    });
    const found = await overflow(page);
    await session.send('Emulation.clearDeviceMetricsOverride');
    await session.detach();
    return at(`${width} px, scale ${scale}`, found);
};

/** Judges all pages, several at a time. */
const onAll = async (options, judge) => {
    const [waiting, found] = [[...ASIDE, ...await pages()], new Map()];
    assert.ok(waiting.length > 25, `there are ${waiting.length} pages`);
    await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, async () => {
        const page = await site.page(options);
        while (waiting.length) {
            const path = waiting.shift();
            await goto(page, path);
            found.set(path, [...await judge(page), ...at('log', site.complaints(page))]);
        }
        await site.done(page);
    }));
    none(found);
};

const patient = { timeout: 500_000 };

test(`every page at ${WIDE.viewport.width} px, and enlarged to 200 %`, patient, () => onAll(WIDE, async page => [
    ...at('structure', await structure(page)),
    ...at('links', await links(page)),
    ...await inThemes(page, `${WIDE.viewport.width} px`),
    ...await narrowed(page, 640, 2, WIDE),
]));

test(`every page at ${PHONE.viewport.width} px and at 320 px`, patient, () => onAll(PHONE, async page => [
    ...await inThemes(page, `${PHONE.viewport.width} px`),
    ...await narrowed(page, 320, 1, PHONE),
]));

test('the page of the whole book', patient, async () => {
    const page = await site.page(WIDE);
    await page.addInitScript(() => { window.print = () => {}; });
    await goto(page, 'print.html');
    const found = [...await overflow(page), ...await links(page)];
    // Each chapter is a part of it: it has their titles.
    found.push(...(await structure(page)).filter(it => !it.includes('<h1>')));
    none([['print.html', at('log', [...found, ...site.complaints(page)])]]);
    await site.done(page);
});

const search = async (page, words) => {
    await page.locator('#mdbook-search-toggle').click();
    await page.locator('#mdbook-searchbar:focus').waitFor();
    await page.keyboard.type(words);
    await page.getByText(`for '${words}'`).waitFor();
};

/** What a reader can open. */
const OPEN = {
    'the results of a search': page => search(page, 'semaphore'),
    'no result of a search': page => search(page, 'xyzzy'),
    'words that a search has marked': async page => {
        await goto(page, `${PAGE}?highlight=thread`);
        await page.locator('main mark').first().waitFor();
    },
    'the contents, opened or closed': page => page.locator('#mdbook-sidebar-toggle').click(),
    'the list of keys': page => page.keyboard.press('?'),
    'hidden lines': page => page.getByRole('button', { name: 'Show all lines' }).first().click(),
    'a definition': async (page, { hasTouch }) => {
        const link = page.locator('main a.term').first();
        if (hasTouch) await link.tap();
        else await link.focus();
        await page.locator('.definition:visible').waitFor();
    },
    'what a program prints': async page => {
        await page.route('https://play.rust-lang.org/**', route => route.fulfill({ json: { result: 'done' } }));
        const pre = page.locator('main pre:has(.buttons)').first();
        await pre.getByRole('button', { name: 'Run' }).click();
        await pre.getByText('done').waitFor();
    },
};

for (const [what, act] of Object.entries(OPEN)) {
    test(`with it open: ${what}`, patient, async () => {
        const found = [];
        for (const options of [WIDE, PHONE]) {
            const page = await site.page(options);
            await goto(page, PAGE);
            await act(page, options);
            const isCovered = await page.locator('.definition:visible').count() > 0;
            found.push(...await inThemes(page, `${options.viewport.width} px`, { isCovered }));
            found.push(...at('log', site.complaints(page)));
            await site.done(page);
        }
        none([[`${PAGE} with ${what}`, found]]);
    });
}
