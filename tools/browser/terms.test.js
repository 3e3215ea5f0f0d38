// The definitions of the terms, where a page links them: theme/terms.js.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { open, pages, THEMES } from './site.js';

/** A page with terms, for what is tested on one. */
const PAGE = 'concurrency/what-is-async.html';

let site;
/** The definitions of the glossary's page: id -> text, and how many links and pieces of code. */
let glossary;

before(async () => {
    site = await open();
    const page = await site.page();
    await page.goto(site.url('glossary.html'));
    glossary = new Map(await page.$$eval('main dt[id]', titles => titles.map(title => {
        const definitions = [];
        for (let it = title.nextElementSibling; it?.tagName === 'DD'; it = it.nextElementSibling) {
            definitions.push(it);
        }
        const count = name => definitions
            .reduce((sum, it) => sum + it.querySelectorAll(name).length, 0);
        const text = definitions.map(it => it.textContent).join(' ').replace(/\s+/g, ' ').trim();
        return [title.id, { text, links: count('a'), code: count('code') }];
    })));
    await site.done(page);
    assert.ok(glossary.size > 100, `the glossary has ${glossary.size} terms`);
});

after(() => site.close());

/** What a term's link is described by: its definition, as shown or not. */
const describe = link => link.evaluate(it => {
    const text = document.getElementById(it.getAttribute('aria-describedby'));
    return {
        id: decodeURIComponent(it.hash.slice(1)),
        text: text.textContent.replace(/\s+/g, ' ').trim(),
        links: text.querySelectorAll('a').length,
        code: text.querySelectorAll('code').length,
    };
});

const shown = page => page.locator('.definition:visible');

/** Opens the page on which one term is looked at; its clock stands still, and moves on demand. */
async function onPage(options) {
    const page = await site.page(options);
    await page.clock.install({ time: 0 });
    // With all of it there: a clock that stands still holds up what has not come.
    await page.goto(site.url(PAGE), { waitUntil: 'networkidle' });
    await page.clock.pauseAt(3_600_000);
    const link = page.locator('main a.term').first();
    await link.scrollIntoViewIfNeeded();
    return { page, link };
}

test('every term of every page has the definition of the glossary', async () => {
    const page = await site.page();
    let count = 0;
    for (const path of await pages()) {
        await page.goto(site.url(path));
        const to = await page.locator('main a[href*="glossary.html#"]').count();
        const links = await page.locator('main a.term').all();
        assert.equal(links.length, to, `${path}: links to terms without a definition`);
        for (const link of links) {
            const { id, ...definition } = await describe(link);
            assert.deepEqual(definition, glossary.get(id), `${path}: ${id}`);
            count += 1;
        }
    }
    assert.ok(count > 100, `the pages link ${count} terms`);
    await site.done(page);
});

test('the links of a definition lead to pages and headings that exist', async () => {
    const page = await site.page();
    const targets = new Set();
    for (const path of await pages()) {
        await page.goto(site.url(path));
        const found = await page.$$eval('.definition a', links => links.map(it => it.href));
        found.filter(it => it.startsWith(site.url(''))).forEach(it => targets.add(it));
    }
    assert.ok(targets.size > 20, `definitions link ${targets.size} places`);
    const byPage = Map.groupBy
        ? Map.groupBy(targets, it => it.split('#')[0])
        : [...targets].reduce((map, it) => {
            const key = it.split('#')[0];
            return map.set(key, [...map.get(key) ?? [], it]);
        }, new Map());
    for (const [url, links] of byPage) {
        assert.equal((await page.goto(url)).status(), 200, url);
        for (const link of links.filter(it => it.includes('#'))) {
            const id = decodeURIComponent(link.split('#')[1]);
            const exists = await page.evaluate(it => document.getElementById(it) !== null, id);
            assert.ok(exists, `a definition links ${link}`);
        }
    }
    await site.done(page);
});

test('pointing at a term shows its definition, and it stays while the pointer is on it', async () => {
    const { page, link } = await onPage();
    await link.hover();
    assert.equal(await shown(page).count(), 0, 'a pointer on its way shows nothing');
    await page.clock.runFor(1_000);
    const card = shown(page);
    await card.waitFor();
    assert.equal(await card.getAttribute('role'), 'tooltip');
    const { id } = await describe(link);
    const text = await card.locator('.definition-text').innerText();
    assert.equal(text.replace(/\s+/g, ' ').trim(), glossary.get(id).text);

    await page.clock.runFor(60_000);
    assert.equal(await card.count(), 1, 'it stays while the pointer is on the term');
    await card.hover();
    await page.clock.runFor(60_000);
    assert.equal(await card.count(), 1, 'it stays while the pointer is on the definition');
    await page.mouse.move(0, 0);
    await page.clock.runFor(1_000);
    assert.equal(await card.count(), 0, 'it goes when the pointer has left');
    await site.done(page);
});

test('the definition lies at the term, with nothing in between', async () => {
    const { page, link } = await onPage();
    await link.hover();
    await page.clock.runFor(1_000);
    const card = await shown(page).boundingBox();
    const lines = await link.evaluate(it => [...it.getClientRects()].map(({ top, bottom }) => ({ top, bottom })));
    const gap = Math.min(...lines.flatMap(({ top, bottom }) => [
        Math.abs(card.y - bottom), Math.abs(card.y + card.height - top),
    ]));
    assert.ok(gap < 1, `${gap} px`);
    await site.done(page);
});

test('Escape hides a definition under the pointer', async () => {
    const { page, link } = await onPage();
    await link.hover();
    await page.clock.runFor(1_000);
    await shown(page).waitFor();
    await page.keyboard.press('Escape');
    await page.clock.runFor(60_000);
    assert.equal(await shown(page).count(), 0);
    await site.done(page);
});

test('a click leads to the glossary', async () => {
    const { page, link } = await onPage();
    const { id } = await describe(link);
    await link.click();
    await page.waitForURL(`**/glossary.html#${id}`);
    await site.done(page);
});

test('Tab shows the definition, Escape hides it, Tab goes on to the next term', async () => {
    const { page, link } = await onPage();
    const focused = () => page.evaluate(() => document.activeElement.className);
    // From what can be focused just before the term.
    await link.evaluate(it => {
        const start = document.createElement('button');
        it.before(start);
        start.focus();
    });
    await page.keyboard.press('Tab');
    await shown(page).waitFor();
    assert.ok(await link.evaluate(it => it === document.activeElement));
    const { id } = await describe(link);
    const text = (await shown(page).innerText()).replace(/\s+/g, ' ').trim();
    assert.equal(text, glossary.get(id).text);

    await page.keyboard.press('Escape');
    assert.equal(await shown(page).count(), 0);
    assert.ok(await link.evaluate(it => it === document.activeElement), 'the term keeps the focus');

    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    await shown(page).waitFor();
    for (let steps = 0; steps < 50; steps += 1) {
        await page.keyboard.press('Tab');
        const within = await page.evaluate(() => document.activeElement.closest('.definition') !== null);
        assert.ok(!within, 'Tab does not go into the definition');
        if ((await focused()).includes('term')) break;
        assert.equal(await shown(page).count(), 0, 'without the focus the definition is gone');
    }
    assert.ok((await focused()).includes('term'), 'there is a next term');
    assert.equal(await shown(page).count(), 1);
    await site.done(page);
});

test('Enter leads to the glossary', async () => {
    const { page, link } = await onPage();
    const { id } = await describe(link);
    await link.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/glossary.html#${id}`);
    await site.done(page);
});

test('a screen reader gets the definition as the description of the link', async () => {
    const { page, link } = await onPage();
    const { id } = await describe(link);
    const session = await page.context().newCDPSession(page);
    await link.evaluate(it => { it.dataset.wanted = ''; });
    const { root } = await session.send('DOM.getDocument');
    const { nodeId } = await session.send('DOM.querySelector', {
        nodeId: root.nodeId, selector: '[data-wanted]',
    });
    const { nodes } = await session.send('Accessibility.getPartialAXTree', {
        nodeId, fetchRelatives: false,
    });
    assert.equal(nodes[0].role.value, 'link');
    assert.equal(nodes[0].name.value, await link.innerText());
    // Browsers differ in the spaces that they put around inline code.
    const compact = text => text.replace(/\s+/g, '');
    assert.equal(compact(nodes[0].description.value), compact(glossary.get(id).text));
    await site.done(page);
});

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

test('a tap shows the definition as a dialog, which a button closes', async () => {
    const { page, link } = await onPage(PHONE);
    const url = page.url();
    const { id } = await describe(link);
    await link.tap();
    const card = shown(page);
    await card.waitFor();
    assert.equal(page.url(), url, 'the first tap leads nowhere');
    assert.equal(await card.getAttribute('role'), 'dialog');
    assert.equal(await card.getAttribute('aria-label'), await link.innerText());
    assert.ok(await card.evaluate(it => it === document.activeElement), 'it has the focus');
    const more = card.getByRole('link', { name: 'Glossary' });
    assert.ok((await more.getAttribute('href')).endsWith(`glossary.html#${id}`));
    for (const it of [more, card.getByRole('button', { name: 'Close' })]) {
        const { width, height } = await it.boundingBox();
        assert.ok(width >= 44 && height >= 44, `${width} x ${height} px for a finger`);
    }
    await card.getByRole('button', { name: 'Close' }).tap();
    assert.equal(await shown(page).count(), 0);
    assert.ok(await link.evaluate(it => it === document.activeElement), 'the focus is back');
    await site.done(page);
});

test('a tap elsewhere, a second tap on the term, and Escape close it too', async () => {
    const { page, link } = await onPage(PHONE);
    const url = page.url();
    for (const close of [
        () => page.locator('main > p').first().tap({ position: { x: 1, y: 1 } }),
        () => link.tap(),
        () => page.keyboard.press('Escape'),
    ]) {
        await link.tap();
        await shown(page).waitFor();
        await close();
        await shown(page).waitFor({ state: 'detached' });
        await link.scrollIntoViewIfNeeded();
    }
    assert.equal(page.url(), url);
    await site.done(page);
});

test('in the dialog, a tap on a link follows it', async () => {
    const { page, link } = await onPage(PHONE);
    const { id } = await describe(link);
    await link.tap();
    await shown(page).getByRole('link', { name: 'Glossary' }).tap();
    await page.waitForURL(`**/glossary.html#${id}`);
    await site.done(page);
});

test('in the dialog, a link to another place of the page closes it', async () => {
    const { page } = await onPage(PHONE);
    // The chapter's own terms lead back into the chapter.
    const terms = await page.locator('main a.term').all();
    for (const term of terms) {
        const inner = `#definition-${(await describe(term)).id} a[href*="what-is-async.html#"]`;
        if (await page.locator(inner).count() === 0) continue;
        await term.tap();
        await shown(page).waitFor();
        await page.locator(inner).first().tap();
        await page.waitForURL(`**/${PAGE}#*`);
        assert.equal(await shown(page).count(), 0);
        return site.done(page);
    }
    return assert.fail(`no definition on ${PAGE} links a section of it`);
});

for (const width of [320, 360, 1280]) {
    test(`at ${width} px no definition is cut off or makes the page wider`, async () => {
        const page = await site.page({ viewport: { width, height: 640 } });
        let count = 0;
        for (const path of await pages()) {
            await page.goto(site.url(path));
            const found = await page.$$eval('main a.term', links => links.map(link => {
                const root = document.documentElement;
                const before = root.scrollWidth;
                link.focus();
                const card = document.querySelector('.definition:not([hidden])');
                const { left, right, top, bottom } = card.getBoundingClientRect();
                const isInside = left >= 0 && right <= root.clientWidth
                    && top >= 0 && bottom <= root.clientHeight
                    && card.scrollWidth <= card.clientWidth
                    && root.scrollWidth === before && root.scrollHeight > 0;
                const isWhole = card.scrollHeight <= card.clientHeight;
                link.blur();
                return {
                    term: link.hash, isInside, isWhole, left, right, top, bottom,
                };
            }));
            for (const { isInside, isWhole, ...where } of found) {
                assert.ok(isInside, `${path}: ${JSON.stringify(where)}`);
                assert.ok(isWhole, `${path}: it scrolls: ${JSON.stringify(where)}`);
            }
            count += found.length;
        }
        assert.ok(count > 100, `${count} definitions were looked at`);
        await site.done(page);
    });
}

for (const theme of THEMES) {
    test(`in the theme ${theme} a definition can be read`, async () => {
        const page = await site.page({ theme });
        await page.goto(site.url(PAGE));
        const contrasts = await page.$$eval('main a.term', links => {
            const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
            // A color over another, as red, green and blue.
            const over = (color, [r, g, b]) => {
                canvas.fillStyle = `rgb(${r} ${g} ${b})`;
                canvas.fillRect(0, 0, 1, 1);
                canvas.fillStyle = color;
                canvas.fillRect(0, 0, 1, 1);
                return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
            };
            // https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio
            const luminance = rgb => rgb
                .map(it => it / 255)
                .map(it => (it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4))
                .reduce((sum, it, index) => sum + it * [0.2126, 0.7152, 0.0722][index], 0);
            const contrast = (one, other) => {
                const [a, b] = [luminance(one), luminance(other)].sort((x, y) => y - x);
                return (a + 0.05) / (b + 0.05);
            };
            return links.flatMap(link => {
                link.focus();
                const card = document.querySelector('.definition:not([hidden])');
                const parts = [card, ...card.querySelectorAll('.definition-text :is(a, code)')];
                const ground = over(getComputedStyle(card).backgroundColor, [255, 255, 255]);
                return parts.map(part => {
                    const { color, backgroundColor } = getComputedStyle(part);
                    const behind = over(backgroundColor, ground);
                    return {
                        what: `${part.tagName} ${part.textContent.slice(0, 30)}`,
                        ratio: contrast(over(color, behind), behind),
                    };
                });
            });
        });
        assert.ok(contrasts.length > 10);
        for (const { what, ratio } of contrasts) {
            assert.ok(ratio >= 4.5, `${what}: ${ratio.toFixed(2)}`);
        }
        await site.done(page);
    });
}

test('without JavaScript a term is a link to the glossary', async () => {
    const page = await site.page({ javaScriptEnabled: false });
    await page.goto(site.url(PAGE));
    const link = page.locator('main a[href*="glossary.html#"]').first();
    const id = new URL(await link.getAttribute('href'), page.url()).hash;
    assert.equal(await page.locator('.definition').count(), 0);
    assert.equal(await page.locator('#definitions').isVisible(), false);
    await link.click();
    await page.waitForURL(`**/glossary.html${id}`);
    await page.locator(`dt${id}`).waitFor();
    await site.done(page);
});

test('who wants no motion gets none', async () => {
    const animation = async reducedMotion => {
        const page = await site.page({ reducedMotion });
        await page.goto(site.url(PAGE));
        const name = await page.$eval('.definition', it => getComputedStyle(it).animationName);
        await site.done(page);
        return name;
    };
    assert.equal(await animation('reduce'), 'none');
    assert.notEqual(await animation('no-preference'), 'none');
});

test('nothing of it is printed', async () => {
    const { page, link } = await onPage();
    await link.focus();
    await shown(page).waitFor();
    await page.emulateMedia({ media: 'print' });
    assert.equal(await shown(page).count(), 0);
    await site.done(page);

    // The page of the whole book, which mdBook makes for printing: links within it, no definitions.
    const whole = await site.page();
    await whole.addInitScript(() => { window.print = () => {}; });
    await whole.goto(site.url('print.html'));
    assert.equal(await whole.locator('.definition, a.term').count(), 0);
    assert.equal(await whole.locator('#definitions').first().isVisible(), false);
    assert.ok(await whole.locator('main a[href="#semaphore"]').count() > 0);
    await site.done(whole);
});
