// The search of the book leads from a line of a message to the entry of the FAQ that explains it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { complaint, entries, FIRST, isTelling, LIST, searches } from './faq.js';
import { open, pages } from './site.js';

let site;
let page;
/** The entries of the FAQ. */
let all;
/** The words that the search does not look for. */
let ignored;

before(async () => {
    site = await open();
    page = await site.page();
    await page.goto(site.url('introduction.html?search=future'));
    await page.locator('#mdbook-searchresults li').first().waitFor();
    // For a result that nobody looks at, the page need not make a teaser: that is most of the work.
    await page.evaluate(it => { window.search.results_options.limit_results = it; }, FIRST);
    ignored = new Set(await page.evaluate(() => Object.keys(elasticlunr.stopWordFilter.stopWords)));
    all = await entries(page, site, await pages());
});

after(async () => {
    await site.done(page);
    await site.close();
});

/** Pastes each line into the search of the page; gives for each the first results. */
const search = lines => page.evaluate(([lines, start]) => {
    const box = document.getElementById('mdbook-searchbar');
    return lines.map(line => {
        box.value = line;
        box.dispatchEvent(new KeyboardEvent('keyup'));
        return [...document.querySelectorAll('#mdbook-searchresults a')].map(it => {
            const { pathname, hash } = new URL(it.href);
            return `${pathname.slice(start)}${decodeURIComponent(hash)}`;
        });
    });
}, [lines, new URL(site.url('')).pathname.length]);

/** What there is to say of an entry: all that does not lead to it. */
const look = async one => complaint(one, await search(one.searches.map(({ line }) => line)));

test('each line of a message leads to its entry', async context => {
    const wanted = searches(all, ignored);
    const complaints = [];
    for (const one of wanted) complaints.push(await look(one) ?? []);
    const count = wanted.reduce((sum, { searches: { length } }) => sum + length, 0);
    context.diagnostic(`${count} searches for ${all.length} entries`);
    if (complaints.flat().length) assert.fail(`\n${complaints.flat().join('\n')}`);
    // What is found of nothing is found.
    assert.ok(count > 200, `${count} lines of ${all.length} entries were searched`);
});

test('the list of the questions is no result', async () => {
    const results = await search(['All questions', 'questions', 'Paste the first line of your message']);
    assert.ok(results.every(it => it.length === FIRST), 'they are found elsewhere');
    assert.deepEqual(results.flat().filter(it => it.startsWith(LIST)), []);
});

test('a message that leads elsewhere is told, with its page, its question and what is found', async () => {
    const strange = {
        page: 'faq/first-errors.html',
        heading: 'Why does the future refuse?',
        url: 'faq/first-errors.html#why-does-the-future-refuse',
        message: ['error: a future refuses its caviar', '', 'xyzzy plugh'],
    };
    const [one] = searches([strange], ignored);
    const lines = (await look(one)).split('\n');
    assert.equal(lines[0], 'faq/first-errors.html: "Why does the future refuse?" is not found by');
    assert.equal(lines[1], '  error: a future refuses its caviar');
    for (const place of [1, 2, 3]) assert.match(lines[1 + place], RegExp(`^    ${place}\\. \\S+\\.html`));
    assert.equal(lines.length, 5);

    const [nothing] = searches([{ ...strange, message: ['xyzzy plugh'] }], ignored);
    assert.deepEqual((await look(nothing)).split('\n').slice(1), ['  xyzzy plugh', '    no result']);
});

test('the place among the results decides', () => {
    const one = { page: 'a.html', heading: 'Why?', url: 'a.html#why', message: ['channel closed'] };
    const [wanted] = searches([one], ignored);
    assert.equal(complaint(wanted, [['b.html', 'c.html', 'a.html#why']]), undefined);
    assert.match(complaint(wanted, [['b.html', 'c.html', 'd.html', 'a.html#why']]), /channel closed/);
});

test('what several entries say leads to one of them, and what is nobody\'s is not searched', () => {
    const message = (first, width) => [
        first,
        '  --> compile-fail/rc_in_task.rs:8:5 in this file',
        '   |',
        ' 8 | /     tokio::spawn(async move {',
        `   | |${'_'.repeat(width)}^ future created by async block is not \`Send\``,
        '   |   ---- this is not `async`',
        '   = help: the trait `Send` is not implemented for `Rc<str>`',
        '12 ~     let name = pin!(wait_for_name());',
        '',
        'error: aborting due to 1 previous error',
        'For more information about this error, try `rustc --explain E0277`.',
    ];
    const [first, second] = searches([
        { url: 'a.html#one', message: message('error: the sturgeon is late', 4) },
        { url: 'a.html#two', message: message('error: the caviar is gone', 8) },
    ], ignored);
    assert.deepEqual(first.searches, [
        { line: 'error: the sturgeon is late', wanted: ['a.html#one'] },
        {
            line: '   | |____^ future created by async block is not `Send`',
            wanted: ['a.html#one', 'a.html#two'],
        },
        {
            line: '   = help: the trait `Send` is not implemented for `Rc<str>`',
            wanted: ['a.html#one', 'a.html#two'],
        },
    ]);
    assert.equal(second.searches.length, 3);
    assert.ok(isTelling('deadline has elapsed while waiting', ignored));
});
