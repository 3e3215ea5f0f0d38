// What a reader does with a page, beside reading it: searching, theme, contents, keys, the buttons of a
// program; and what is left without JavaScript, without motion and on paper.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import { axe, COLORS } from './judge.js';
import { open, pages, THEMES } from './site.js';

const ROOT = resolve(fileURLToPath(import.meta.url), '../../..');
const PAGE = 'async/tasks.html'; // has programs with their commands, and both neighbours
const NEIGHBOURS = { previous: 'async/first-steps.html', next: 'async/blocking-code.html' };
const HIDDEN = 'async/futures-by-hand.html'; // has code with hidden lines
const WIDE = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const PLAYGROUND = 'https://play.rust-lang.org/**';

let site;

before(async () => {
    site = await open();
});

after(() => site.close());

const on = async (options, path = PAGE) => {
    const page = await site.page(options);
    await page.goto(site.url(path));
    return page;
};

/** Whether the focus is on, or in, what the selector names. */
const hasFocus = (page, selector) => page.evaluate(
    it => document.activeElement?.closest(it) !== null, selector);

const settled = async (check, why) => {
    for (let tries = 0; tries < 100; tries += 1) {
        if (await check()) return;
        await new Promise(done => { setTimeout(done, 50); });
    }
    assert.fail(why);
};

// Search.

const bar = page => page.locator('#mdbook-searchbar');
const results = page => page.locator('#mdbook-searchresults > li');

for (const [how, act] of Object.entries({
    'its button': page => page.locator('#mdbook-search-toggle').click(),
    'the key /': page => page.keyboard.press('/'),
    'the key s': page => page.keyboard.press('s'),
})) {
    test(`search opens by ${how}, finds, and closes by Escape`, async () => {
        const page = await site.page(WIDE);
        const asked = [];
        page.on('request', request => asked.push(request.url()));
        await page.goto(site.url(PAGE), { waitUntil: 'networkidle' });
        const loaded = () => asked.filter(it => /searchindex|elasticlunr|searcher|mark[.-]/.test(it)).length;
        assert.equal(loaded(), 0, 'nothing of it is loaded before it is asked for');
        assert.equal(await bar(page).isVisible(), false);

        await act(page);
        // At once: readers do not wait for scripts.
        assert.ok(await hasFocus(page, '#mdbook-searchbar'), 'the field has the focus');
        await page.keyboard.type('semaphore');
        await results(page).first().waitFor();
        assert.equal(loaded(), 4, 'its three scripts and the index are loaded');
        assert.equal(await bar(page).inputValue(), 'semaphore', 'no letter is lost, and none is a key');
        assert.match(await results(page).first().innerText(), /semaphore/i);
        assert.match(await page.locator('#mdbook-searchresults-header').innerText(), /^\d+ search results/);
        assert.equal(await page.locator('#mdbook-search-toggle').getAttribute('aria-expanded'), 'true');

        await page.keyboard.press('Escape');
        assert.equal(await bar(page).isVisible(), false, 'Escape closes it');
        assert.equal(await page.locator('#mdbook-search-toggle').getAttribute('aria-expanded'), 'false');
        await page.keyboard.press('Tab');
        assert.ok(await hasFocus(page, '#theme'), 'Tab goes on from the button');
        await site.done(page);
    });
}

test('the key / works again after a search was closed, and its button closes it', async () => {
    const page = await on(WIDE);
    await page.keyboard.press('/');
    await page.keyboard.type('waker');
    await results(page).first().waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('/');
    assert.ok(await hasFocus(page, '#mdbook-searchbar'));
    assert.equal(await bar(page).inputValue(), 'waker', 'without a / in it');
    await page.locator('#mdbook-search-toggle').click();
    assert.equal(await bar(page).isVisible(), false);
    await site.done(page);
});

test('a link to a search shows its results, and a result marks its words', async () => {
    const page = await on(WIDE, `${PAGE}?search=backpressure`);
    await results(page).first().waitFor();
    assert.equal(await bar(page).inputValue(), 'backpressure');
    await results(page).locator('a').first().click();
    await page.waitForURL('**highlight=backpressure**');
    const mark = page.locator('main mark').first();
    await mark.waitFor();
    assert.match(await mark.innerText(), /^backpressure/i);
    await site.done(page);
});

test('Enter goes to the first result, and the arrows choose another', async () => {
    const page = await on(WIDE);
    await page.keyboard.press('/');
    await page.keyboard.type('mutex');
    await results(page).nth(1).waitFor();
    const second = await results(page).nth(1).locator('a').getAttribute('href');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const target = new URL(second, page.url()).pathname;
    await page.waitForURL(url => url.pathname === target && url.search.includes('highlight'));
    await site.done(page);
});

// Theme.

const theme = page => page.evaluate(of => of.filter(it => document.documentElement.classList.contains(it)), THEMES);
const [LIGHT, DARK] = THEMES;

test('Auto is the theme of the system, and follows it', async () => {
    const page = await on({ theme: null, colorScheme: 'dark' });
    assert.equal(await page.locator('#theme').inputValue(), '');
    assert.deepEqual(await theme(page), [DARK]);
    await page.emulateMedia({ colorScheme: 'light' });
    await settled(async () => (await theme(page)).join() === LIGHT, 'it does not follow to light');
    await page.emulateMedia({ colorScheme: 'dark' });
    await settled(async () => (await theme(page)).join() === DARK, 'it does not follow to dark');
    await site.done(page);
});

for (const [chosen, system] of [[DARK, 'light'], [LIGHT, 'dark']]) {
    test(`the theme ${chosen} stays over pages, on a system that is ${system}, and Auto comes back`, async () => {
        const page = await on({ theme: null, colorScheme: system });
        await page.locator('#theme').selectOption(chosen);
        assert.deepEqual(await theme(page), [chosen]);
        await page.goto(site.url('glossary.html'));
        assert.deepEqual(await theme(page), [chosen]);
        assert.equal(await page.locator('#theme').inputValue(), chosen);
        await page.locator('#theme').selectOption('');
        assert.deepEqual(await theme(page), [system === 'dark' ? DARK : LIGHT]);
        await page.reload();
        assert.deepEqual(await theme(page), [system === 'dark' ? DARK : LIGHT]);
        await site.done(page);
    });
}

test('the theme is there before anything is painted, and does not change', async () => {
    for (const [options, expected] of [
        [{ theme: DARK, colorScheme: 'light' }, DARK],
        [{ theme: LIGHT, colorScheme: 'dark' }, LIGHT],
        [{ theme: null, colorScheme: 'dark' }, DARK],
    ]) {
        const page = await site.page({ ...WIDE, ...options });
        await page.addInitScript(() => {
            window.seen = [];
            new MutationObserver(() => {
                // Without a body nothing is painted.
                if (document.body) window.seen.push(document.documentElement.className);
            }).observe(document, { attributes: true, childList: true, subtree: true });
        });
        await page.goto(site.url(PAGE), { waitUntil: 'networkidle' });
        const seen = await page.evaluate(() => window.seen);
        assert.ok(seen.length > 0);
        for (const classes of seen) {
            assert.deepEqual(THEMES.filter(it => classes.split(' ').includes(it)), [expected], `of "${classes}"`);
            assert.match(classes, /\bsidebar-visible\b/, 'the text does not jump aside either');
        }
        await site.done(page);
    }
});

// Contents.

const sidebar = page => page.locator('#mdbook-sidebar');
const toggle = page => page.locator('#mdbook-sidebar-toggle');

test('on a wide window, the contents are beside the text, and stay closed once they are', async () => {
    const page = await on({ ...WIDE, theme: null });
    await sidebar(page).waitFor();
    const [beside, text] = [await sidebar(page).boundingBox(), await page.locator('main').boundingBox()];
    assert.ok(beside.x + beside.width <= text.x, 'beside the text');
    assert.equal(await toggle(page).getAttribute('aria-expanded'), 'true');
    await page.keyboard.press('Escape');
    assert.ok(await sidebar(page).isVisible(), 'Escape is for what lies over the text');
    await toggle(page).click();
    await sidebar(page).waitFor({ state: 'hidden' });
    assert.equal(await toggle(page).getAttribute('aria-expanded'), 'false');
    await page.goto(site.url('glossary.html'));
    assert.equal(await sidebar(page).isVisible(), false, 'on the next page too');
    await toggle(page).click();
    await sidebar(page).waitFor();
    await page.reload();
    assert.ok(await sidebar(page).isVisible(), 'opened again, they stay open');
    await site.done(page);
});

test('the contents name all pages and say which one this is', async () => {
    const page = await on(WIDE);
    const hrefs = await sidebar(page).locator('a:not(.header-in-summary)').evaluateAll(all => all.map(it => it.href));
    const expected = (await pages()).map(it => site.url(it));
    assert.deepEqual([...new Set(hrefs)].sort(), expected.sort());
    assert.equal(await sidebar(page).locator('a.active').evaluate(it => it.href), site.url(PAGE));
    await site.done(page);
});

test('on a phone, the contents lie over the text, take the focus and give it back', async () => {
    const page = await on(PHONE);
    assert.equal(await sidebar(page).isVisible(), false);
    const before = await page.locator('main').boundingBox();
    for (const [how, close, isBack] of [
        ['Escape', () => page.keyboard.press('Escape'), true],
        ['a tap beside', () => page.touchscreen.tap(350, 600), false],
        ['the button', async () => {
            await page.locator('#mdbook-sidebar-toggle').focus();
            await page.keyboard.press('Enter');
        }, true],
    ]) {
        await toggle(page).tap();
        await sidebar(page).waitFor();
        assert.ok(await hasFocus(page, '#mdbook-sidebar a'), `${how}: the focus goes into them`);
        assert.deepEqual(await page.locator('main').boundingBox(), before, 'the text keeps its place');
        const { x, width } = await sidebar(page).boundingBox();
        assert.ok(x + width <= 360 - 24, 'some room is left beside them');
        await close();
        await sidebar(page).waitFor({ state: 'hidden' });
        assert.equal(await toggle(page).getAttribute('aria-expanded'), 'false');
        if (isBack) assert.ok(await hasFocus(page, '#mdbook-sidebar-toggle'), `${how} gives the focus back`);
    }
    assert.equal(page.url(), site.url(PAGE), 'no tap has gone through to the text');
    await site.done(page);
});

test('on a phone, a link of the contents leads on, and the next page begins without them', async () => {
    const page = await on(PHONE);
    await toggle(page).tap();
    await sidebar(page).getByRole('link', { name: 'Glossary' }).tap();
    await page.waitForURL('**/glossary.html');
    assert.equal(await sidebar(page).isVisible(), false);
    await site.done(page);
});

test('Tab does not go into the contents that are closed', async () => {
    const page = await on(PHONE);
    for (let steps = 0; steps < 12; steps += 1) {
        await page.keyboard.press('Tab');
        assert.equal(await hasFocus(page, '#mdbook-sidebar'), false, `after ${steps + 1} steps`);
    }
    await site.done(page);
});

// Keys.

test('the first thing that Tab reaches is a link over the frame to the text', async () => {
    for (const path of [PAGE, 'no/such/page.html']) {
        const page = await on(WIDE, path);
        site.complaints(page); // the 404 itself
        await page.keyboard.press('Tab');
        const skip = page.locator('.skip:focus');
        await settled(async () => (await skip.boundingBox())?.y >= 0, `${path}: the link is not on view`);
        await page.keyboard.press('Enter');
        await settled(() => hasFocus(page, 'main'), `${path}: the focus is not in the text`);
        await page.keyboard.press('Tab');
        assert.ok(await hasFocus(page, 'main :is(a, button, code)'), `${path}: Tab goes on in the text`);
        await site.done(page);
    }
});

test('whoever presses Tab sees where the focus is', async () => {
    const page = await on(WIDE);
    const names = new Set();
    for (let steps = 0; steps < 400; steps += 1) {
        await page.keyboard.press('Tab');
        const it = await page.evaluate(() => {
            const element = document.activeElement;
            if (element === document.body) return undefined;
            const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
            const { top, bottom, left, right } = element.getBoundingClientRect();
            const menu = document.getElementById('mdbook-menu-bar');
            const below = menu.contains(element) || element.closest('#mdbook-sidebar, .skip') ? 0
                : menu.getBoundingClientRect().bottom;
            return {
                name: `${element.tagName.toLowerCase()}.${element.className}`,
                html: element.outerHTML.slice(0, 100),
                isMarked: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2
                    && !/, 0\)$|transparent/.test(outlineColor),
                isOnView: bottom > below && top < innerHeight && right > 0 && left < innerWidth,
            };
        });
        if (!it) break;
        names.add(it.name.split('.')[0]);
        assert.ok(it.isMarked, `the focus does not show on ${it.html}`);
        assert.ok(it.isOnView, `the focus is out of view on ${it.html}`);
    }
    assert.deepEqual([...names].filter(it => it !== 'code').sort(), ['a', 'button', 'select']);
    await site.done(page);
});

test('the arrows lead to the neighbours', async () => {
    const page = await on(WIDE);
    await page.keyboard.press('ArrowRight');
    await page.waitForURL(site.url(NEIGHBOURS.next));
    await page.goto(site.url(PAGE));
    await page.keyboard.press('ArrowLeft');
    await page.waitForURL(site.url(NEIGHBOURS.previous));
    await site.done(page);
});

test('the arrows stay in code that scrolls, in the search, and in the choice of a theme', async () => {
    const page = await on(PHONE);
    const index = await page.locator('main pre > code').evaluateAll(
        all => all.findIndex(it => it.scrollWidth > it.clientWidth + 50));
    assert.ok(index >= 0, `${PAGE} has no code that scrolls`);
    const code = page.locator('main pre > code').nth(index);
    await code.focus();
    await page.keyboard.press('ArrowRight');
    await settled(() => code.evaluate(it => it.scrollLeft > 0), 'the arrow does not scroll the code');
    await page.keyboard.press('/');
    await page.keyboard.type('ab');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Escape');
    await page.locator('#theme').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('?');
    assert.equal(await page.locator('#keys').isVisible(), false);
    assert.equal(new URL(page.url()).pathname, new URL(site.url(PAGE)).pathname);
    await site.done(page);
});

test('keys with Ctrl or Alt are the browser\'s', async () => {
    const page = await on(WIDE);
    await page.keyboard.press('Control+ArrowRight');
    await page.keyboard.press('Control+s').catch(() => {});
    await page.keyboard.press('Shift+ArrowRight');
    assert.equal(await bar(page).isVisible(), false);
    assert.equal(page.url(), site.url(PAGE));
    await site.done(page);
});

test('? shows the keys, and Escape or the button closes them', async () => {
    const page = await on(WIDE);
    for (const close of [
        () => page.keyboard.press('Escape'),
        () => page.getByRole('dialog').getByRole('button', { name: 'Close' }).click(),
    ]) {
        await page.keyboard.press('?');
        const dialog = page.getByRole('dialog', { name: 'Keys' });
        await dialog.waitFor();
        assert.ok(await hasFocus(page, '#keys'), 'it has the focus');
        await page.keyboard.press('ArrowRight');
        assert.equal(page.url(), site.url(PAGE), 'below it, keys do nothing');
        await close();
        await dialog.waitFor({ state: 'hidden' });
    }
    await site.done(page);
});

// The buttons of a program.

/** The first program of the page, its file and its command. */
const program = async page => {
    const above = page.locator('main p:has(> code + .copy-command), main p:has(code + .copy-command)').first();
    const [file, command] = await above.locator('code').allInnerTexts();
    const pre = page.locator('main p:has(code + .copy-command) + pre').first();
    const source = (await readFile(resolve(ROOT, file), 'utf8')).trimEnd();
    return { above, pre, command, source };
};

test('Copy copies the whole program, and the command', async () => {
    const page = await on({ ...WIDE, permissions: ['clipboard-read', 'clipboard-write'] });
    const { above, pre, command, source } = await program(page);
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
    for (const [button, text] of [
        [pre.getByRole('button', { name: 'Copy this code' }), source],
        [above.getByRole('button', { name: `Copy the command ${command}` }), command],
    ]) {
        await button.click();
        await page.getByRole('button', { name: 'Copied' }).waitFor();
        assert.equal((await clipboard()).trimEnd(), text);
        await button.waitFor(); // called as before
    }
    assert.match(command, /^cargo run -p tasks --bin \w+$/);
    await site.done(page);
});

test('where copying is not allowed, the button says so', async () => {
    const page = await site.page(WIDE);
    await page.addInitScript(() => {
        navigator.clipboard.writeText = () => Promise.reject(new Error('no'));
    });
    await page.goto(site.url(PAGE));
    await page.getByRole('button', { name: 'Copy this code' }).first().click();
    await page.getByRole('button', { name: 'Not allowed' }).waitFor();
    await site.done(page);
});

test('a button shows the lines that are hidden, and hides them again; they are copied in any case', async () => {
    const page = await on({ ...WIDE, permissions: ['clipboard-read', 'clipboard-write'] }, HIDDEN);
    const pre = page.locator('main pre:has(.boring)').first();
    const hidden = pre.locator('.boring').first();
    const all = await pre.locator('code').evaluate(it => it.textContent);
    assert.equal(await hidden.isVisible(), false);
    await pre.getByRole('button', { name: 'Copy this code' }).click();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), all);
    await pre.getByRole('button', { name: 'Show all lines' }).click();
    assert.ok(await hidden.isVisible());
    await pre.getByRole('button', { name: 'Hide lines' }).click();
    assert.equal(await hidden.isVisible(), false);
    await site.done(page);
});

/** Presses Run, and gives back what was sent and what the page says in the end. */
const run = async (page, answer) => {
    const requests = [];
    await page.route(PLAYGROUND, route => {
        requests.push(route.request());
        return answer(route);
    });
    const it = await program(page);
    await it.pre.getByRole('button', { name: /^Run/ }).click();
    const output = it.pre.getByRole('status');
    await settled(async () => !(await output.innerText()).startsWith('Running'), 'it goes on running');
    assert.equal(requests.length, 1, 'it is sent once');
    return { ...it, request: requests[0], said: await output.innerText() };
};

test('Run sends the whole program to the Playground, and shows what it prints', async () => {
    const page = await on(WIDE);
    const { request, said, source } = await run(page, route => route.fulfill({
        json: { result: 'one <b>line</b>\n  two\n', error: null },
    }));
    assert.equal(request.method(), 'POST');
    assert.equal(request.url(), 'https://play.rust-lang.org/evaluate.json');
    const { code, ...rest } = request.postDataJSON();
    assert.equal(code.trimEnd(), source);
    assert.deepEqual(rest, { version: 'stable', optimize: '0', edition: '2024' });
    assert.equal(said.trimEnd(), 'one <b>line</b>\n  two', 'as text, whatever it is');
    await site.done(page);
});

for (const [what, answer, expected] of [
    ['can\'t be reached', route => route.abort(), /no connection/],
    ['answers 500', route => route.fulfill({ status: 500, json: { error: 'down' } }), /answered 500/],
    ['answers with a page', route => route.fulfill({ body: '<html>' }), /answered something else/],
    ['answers null', route => route.fulfill({ json: null }), /answered something else/],
    ['answers without a result', route => route.fulfill({ json: { error: 'no' } }), /answered something else/],
]) {
    test(`where the Playground ${what}, Run says so, and how to run it at home`, async () => {
        const page = await on(WIDE);
        const { command, said } = await run(page, answer);
        assert.match(said, expected);
        assert.match(said, /^The Rust Playground did not run it: /);
        assert.ok(said.endsWith(` On your machine: ${command}`), said);
        // The browser itself logs what did not come.
        const log = site.complaints(page).filter(it => !it.includes('Failed to load') && !it.startsWith('500: https:'));
        assert.deepEqual(log, []);
        await site.done(page);
    });
}

test('a program that prints nothing is said to have run', async () => {
    const page = await on(WIDE);
    const { said } = await run(page, route => route.fulfill({ json: { result: '' } }));
    assert.equal(said, 'It ran, and printed nothing.');
    await site.done(page);
});

test('programs that the Playground can\'t run have no Run button, and nothing is asked of it unasked', async () => {
    const page = await site.page(WIDE);
    const counts = { run: 0, noplayground: 0, compile_fail: 0 };
    for (const path of await pages()) {
        await page.goto(site.url(path));
        const blocks = await page.$$eval('main pre > code.language-rust', all => all.map(it => ({
            classes: [...it.classList],
            hasRun: [...it.parentElement.querySelectorAll('button')].some(one => one.textContent === 'Run'),
        })));
        for (const { classes, hasRun } of blocks) {
            const against = ['noplayground', 'compile_fail'].filter(it => classes.includes(it));
            assert.equal(hasRun, against.length === 0, `${path}: ${classes.join(' ')}`);
            [...against, ...hasRun ? ['run'] : []].forEach(it => { counts[it] += 1; });
        }
    }
    for (const [kind, count] of Object.entries(counts)) assert.ok(count > 0, `no block is ${kind}`);
    await site.done(page); // nothing was asked of another host
});

// Policy.

/** What the policy of the page has refused, after something was tried. */
const refused = async (page, attempt) => {
    await page.evaluate(() => {
        if (!window.refused) {
            document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
                window.refused.push(effectiveDirective);
            });
        }
        window.refused = [];
    });
    await page.evaluate(attempt);
    await settled(() => page.evaluate(() => window.refused.length > 0), 'nothing was refused');
    assert.ok(site.complaints(page).every(it => it.includes('Content Security Policy')), 'it got to the network');
    return page.evaluate(() => window.refused);
};

test('the policy of a page refuses scripts that were put into it', async () => {
    const page = await on(WIDE);
    assert.deepEqual(await refused(page, () => {
        const script = document.createElement('script');
        script.textContent = 'window.ran = true;';
        document.body.append(script);
    }), ['script-src-elem']);
    assert.deepEqual(await refused(page, () => {
        document.body.insertAdjacentHTML('beforeend', '<img src="data:," alt="" onerror="window.ran = true">');
    }), ['script-src-attr']);
    assert.equal(await page.evaluate(() => window.ran), undefined);
    await site.done(page);
});

test('the policy of a page refuses to ask another host', async () => {
    const page = await on(WIDE);
    assert.deepEqual(await refused(page, () => { fetch('https://example.com/').catch(() => {}); }), ['connect-src']);
    assert.deepEqual(await refused(page, () => {
        const image = document.createElement('img');
        image.src = 'https://example.com/a.png';
        document.body.append(image);
    }), ['img-src']);
    assert.deepEqual(await refused(page, () => {
        const script = document.createElement('script');
        script.src = 'https://example.com/a.js';
        document.body.append(script);
    }), ['script-src-elem']);
    await site.done(page);
});

// Without JavaScript, without motion, on paper.

test('without JavaScript, the text and the contents are there, and no button that does nothing', async () => {
    for (const size of [WIDE, PHONE]) {
        const page = await on({ ...size, javaScriptEnabled: false });
        assert.ok((await page.locator('main').innerText()).length > 5_000);
        assert.deepEqual(await page.locator(':is(button, select, input):visible').evaluateAll(
            all => all.map(it => it.outerHTML)), []);
        assert.equal(await page.locator('main pre > code').first().isVisible(), true);
        assert.equal(await page.locator('.nav-chapters.next').getAttribute('href'), `../${NEIGHBOURS.next}`);
        await page.getByRole('link', { name: 'Contents', exact: true }).click();
        await page.waitForURL(site.url('toc.html'));
        await page.getByRole('link', { name: 'Tasks' }).click();
        await page.waitForURL(site.url(PAGE));
        await page.goto(site.url(HIDDEN));
        assert.equal(await page.locator('main .boring').first().isVisible(), true, 'no line is hidden for good');
        await site.done(page);
    }
});

test('who wants no motion gets none', async () => {
    const moving = async reducedMotion => {
        const page = await on({ ...WIDE, reducedMotion }, 'concurrency/what-is-async.html');
        const found = await page.$$eval('body, body *', all => all.filter(it => {
            const { transitionDuration, transitionProperty, animationName, scrollBehavior } = getComputedStyle(it);
            const lasts = transitionDuration.split(', ').some(one => parseFloat(one) > 0);
            return transitionProperty !== 'none' && lasts || animationName !== 'none' || scrollBehavior === 'smooth';
        }).map(it => it.outerHTML.slice(0, 100)));
        await site.done(page);
        return found;
    };
    assert.deepEqual(await moving('reduce'), []);
    assert.notDeepEqual(await moving('no-preference'), [], 'the test would see motion');
});

test('on paper there is the text alone, whole, and dark on white', { timeout: 300_000 }, async () => {
    const page = await site.page({ ...WIDE, theme: DARK });
    await page.emulateMedia({ media: 'print' });
    let links = 0;
    for (const path of await pages()) {
        await page.goto(site.url(path));
        // A4 without its margins, in CSS pixels.
        await page.setViewportSize({ width: 680, height: 1000 });
        const chrome = page.locator('.skip, #mdbook-sidebar, #mdbook-menu-bar, #mdbook-search-wrapper, footer, '
            + 'dialog, .definition, button, select, input').and(page.locator(':visible'));
        assert.deepEqual(await chrome.evaluateAll(all => all.map(it => it.outerHTML.slice(0, 100))), [], path);
        const cut = await page.$$eval('main, main :is(pre, pre > code, .table-wrapper, table, .diagram, img, svg)',
            all => all.filter(it => it.scrollWidth > it.clientWidth + 1 && it.clientWidth > 0
                || it.getBoundingClientRect().right > innerWidth + 1).map(it => it.outerHTML.slice(0, 100)));
        assert.deepEqual(cut, [], `${path}: it is cut off`);
        const silent = await page.$$eval('main a[href^="http"]', all => all
            .filter(it => !it.href.includes(it.textContent) // which says it
                && !getComputedStyle(it, '::after').content.includes(it.getAttribute('href')))
            .map(it => it.outerHTML));
        assert.deepEqual(silent, [], `${path}: links that do not say where they lead`);
        links += await page.locator('main a[href^="http"]').count();
        const ground = await page.$eval('html', it => getComputedStyle(it).backgroundColor);
        assert.equal(ground, 'rgb(252, 252, 250)', 'the paper is not black');
        // Browsers print no grounds unless they are told to: all of it has to be readable on white.
        await page.addStyleTag({ content: '* { background: none !important; }' });
        assert.deepEqual(await axe(page, { rules: COLORS.slice(0, 1) }), [], path);
    }
    assert.ok(links > 10, `there are ${links} links to elsewhere`);
    await site.done(page);
});
