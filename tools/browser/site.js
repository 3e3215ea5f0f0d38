// What every test of the built site needs: the book on a server of its own, a browser, pages.
//
//   const site = await open();              // before the tests of a file
//   const page = await site.page({ ... });  // options of Playwright's newContext, and `theme`
//   await page.goto(site.url('async/tasks.html'));
//   await site.done(page);                  // fails if the page logged an error, or asked the world
//   await site.close();                     // after them

import assert from 'node:assert/strict';
import { access, constants, readFile, readdir, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { delimiter, extname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

/** The built book: `cargo xtask build` makes it. */
export const BOOK = resolve(fileURLToPath(import.meta.url), '../../../book');

const TYPES = {
    '.css': 'text/css',
    '.html': 'text/html; charset=utf-8',
    '.js': 'text/javascript',
    '.json': 'application/json',
    '.png': 'image/png',
    '.svg': 'image/svg+xml',
    '.txt': 'text/plain; charset=utf-8',
    '.woff2': 'font/woff2',
};

// --no-sandbox: CI runs as root, and the pages are ours. The rest: nothing but the tests' requests.
const ARGUMENTS = [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

/** Programs that are Chromium, in the order in which they are looked for on PATH. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];

/**
 * The path of the browser: the variable CHROMIUM, or the first of its names on PATH.
 *
 * @throws if there is none
 */
export async function findChromium() {
    const chosen = process.env.CHROMIUM;
    const candidates = chosen ? [chosen] : (process.env.PATH ?? '').split(delimiter)
        .flatMap(folder => NAMES.map(name => [NAMES.indexOf(name), join(folder, name)]))
        .sort(([a], [b]) => a - b)
        .map(([, path]) => path);
    for (const path of candidates) {
        if (await access(path, constants.X_OK).then(() => true, () => false)) return path;
    }
    throw new Error(chosen
        ? `CHROMIUM is \`${chosen}\`, and there is no such program`
        : `no Chromium on PATH (${NAMES.join(', ')}): install it, or set CHROMIUM to its path`);
}

const PLAYGROUND = 'https://play.rust-lang.org/meta/crates';
const CRATES = ['futures', 'tokio'].map(id => ({ id }));

/** Serves the book on a free port of 127.0.0.1. */
async function serve() {
    if (!await stat(join(BOOK, 'index.html')).catch(() => undefined)) {
        throw new Error(`there is no book in ${BOOK}: run \`cargo xtask build\` first`);
    }
    const server = createServer(async (request, response) => {
        const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
        const file = resolve(BOOK, `.${path.endsWith('/') ? `${path}index.html` : path}`);
        try {
            if (!file.startsWith(BOOK + sep)) throw new Error('outside of the book');
            const content = await readFile(file);
            const type = TYPES[extname(file)] ?? 'application/octet-stream';
            response.writeHead(200, { 'content-type': type }).end(content);
        } catch {
            response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
        }
    });
    await new Promise((done, failed) => {
        server.once('error', failed);
        server.listen(0, '127.0.0.1', done);
    });
    return server;
}

/** The pages of the book, as paths below it: `async/tasks.html`. Not among them: `print.html`, which
 * has all of them once more, `404.html`, `toc.html`, and `index.html`, a copy of the first. */
export async function pages() {
    const others = ['404.html', 'index.html', 'print.html', 'toc.html'];
    const files = await readdir(BOOK, { recursive: true });
    return files.filter(file => file.endsWith('.html') && !others.includes(file))
        .map(file => relative(BOOK, join(BOOK, file)).replaceAll(sep, '/'))
        .sort();
}

/** Starts the server and the browser. */
export async function open() {
    const [server, executablePath] = [await serve(), await findChromium()];
    const browser = await chromium.launch({ executablePath, args: ARGUMENTS }).catch(error => {
        server.close();
        throw error;
    });
    const origin = `http://127.0.0.1:${server.address().port}`;
    const complaints = new WeakMap();

    return {
        url: path => `${origin}/${path}`,

        /** A page in a context of its own. `theme` is one of mdBook's; the rest goes to Playwright. */
        async page({ theme = 'light', ...options } = {}) {
            const context = await browser.newContext(options);
            context.setDefaultTimeout(10_000);
            await context.addInitScript(it => localStorage.setItem('mdbook-theme', it), theme);
            const found = [];
            await context.route(url => url.origin !== origin, route => {
                // mdBook asks the Rust Playground which crates it has, to offer Run buttons.
                if (route.request().url() === PLAYGROUND) {
                    const headers = { 'access-control-allow-origin': '*' };
                    return route.fulfill({ headers, json: { crates: CRATES } });
                }
                found.push(`it asked another host: ${route.request().url()}`);
                return route.abort();
            });
            const page = await context.newPage();
            page.on('pageerror', error => found.push(`an error: ${error.stack}`));
            page.on('console', message => {
                if (['error', 'warning'].includes(message.type())) {
                    found.push(`the console says: ${message.text()}`);
                }
            });
            page.on('response', response => {
                if (response.status() >= 400) found.push(`${response.status()}: ${response.url()}`);
            });
            complaints.set(page, found);
            return page;
        },

        /** Closes the page. @throws if it logged an error, missed a file, or asked another host */
        async done(page) {
            await page.context().close();
            assert.deepEqual(complaints.get(page), [], `on ${page.url()}`);
        },

        async close() {
            await browser.close();
            server.closeAllConnections();
            await new Promise(closed => { server.close(closed); });
        },
    };
}
