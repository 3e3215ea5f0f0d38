'use strict';

/* What the frame of a page does (index.hbs), instead of mdBook's own book.js: the theme, the contents
 * at the side, keys, search on demand, and the buttons of a program. Nothing is asked of another host
 * before a reader presses Run. */

/* global path_to_root, themes, html, hljs */

/** mdBook's searcher.js asks this of its keys: whether the reader is typing elsewhere. */
// eslint-disable-next-line no-unused-vars
function mdbook_something_else_has_focus(event) {
    const target = event.composedPath()[0] ?? event.target;
    return /^(?:input|select|textarea)$/i.test(target.nodeName);
}

(() => {
    const script = document.currentScript;
    const find = id => document.getElementById(id);
    const store = (name, value) => {
        try {
            if (value) localStorage.setItem(name, value);
            else localStorage.removeItem(name);
        } catch { /* a browser that stores nothing: until the next page */ }
    };

    // The theme: the reader's choice, or the system's.
    const select = find('theme');
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const setTheme = () => {
        html.classList.remove(...Object.values(themes));
        html.classList.add(select.value || (dark.matches ? themes.dark : themes.light));
    };
    try { select.value = localStorage.getItem('mdbook-theme') ?? ''; } catch { /* Auto */ }
    if (select.selectedIndex < 0) select.value = ''; // a theme that the book no longer has
    setTheme();
    select.addEventListener('change', () => {
        store('mdbook-theme', select.value);
        setTheme();
    });
    dark.addEventListener('change', setTheme);

    // Whatever address shows the 404 page, its links are those of the first page: this one, too.
    if (document.querySelector('base')) {
        document.querySelector('.skip').addEventListener('click', event => {
            event.preventDefault();
            find('content').focus();
        });
    }

    // toc.js scrolls the contents to this page, and Chromium would have the Tab key begin there.
    if (!location.hash && document.activeElement === document.body) {
        const start = document.createElement('span');
        start.tabIndex = -1;
        document.body.prepend(start);
        start.focus({ preventScroll: true });
        start.remove();
    }

    // The contents: beside the text where there is room, else over it.
    const sidebar = find('mdbook-sidebar');
    const toggle = find('mdbook-sidebar-toggle');
    const checkbox = find('mdbook-sidebar-toggle-anchor');
    const isBeside = () => matchMedia('(min-width: 1080px)').matches;
    const setSidebar = (open, { focus = false } = {}) => {
        checkbox.checked = open;
        html.classList.toggle('sidebar-visible', open);
        toggle.setAttribute('aria-expanded', open);
        sidebar.inert = !open; // out of the way of the Tab key and of screen readers
        if (focus) (open ? sidebar.querySelector('a.active') ?? sidebar.querySelector('a') : toggle)?.focus();
    };
    setSidebar(checkbox.checked);
    toggle.addEventListener('click', () => {
        const open = !checkbox.checked;
        if (isBeside()) store('mdbook-sidebar', open ? 'visible' : 'hidden');
        setSidebar(open, { focus: open && !isBeside() });
    });
    sidebar.addEventListener('click', ({ target }) => {
        if (target.closest('a[href]') && !isBeside()) setSidebar(false);
    });
    document.addEventListener('pointerdown', ({ target }) => {
        if (checkbox.checked && !isBeside() && !sidebar.contains(target) && !toggle.contains(target)) {
            setSidebar(false);
        }
    });

    // Search: its scripts and its index (half a megabyte) are loaded when it is opened.
    const searchButton = find('mdbook-search-toggle');
    let search;
    const load = path => new Promise((resolve, reject) => {
        const element = document.createElement('script');
        element.src = path;
        element.onload = resolve;
        element.onerror = () => reject(new Error(`cannot load ${element.src}`));
        document.head.append(element);
    });
    const loadSearch = () => search ??= (async () => {
        window.path_to_searchindex_js = script.dataset.searchIndex;
        for (const path of script.dataset.search.split(' ')) await load(path);
    })();
    const openSearch = event => {
        if (search) return; // loaded or on its way: searcher.js listens itself
        event?.preventDefault();
        // Until then the reader can type already. searcher.js, once there, closes and selects it.
        const [box, bar] = [find('mdbook-search-wrapper'), find('mdbook-searchbar')];
        box.classList.remove('hidden');
        window.scrollTo(0, 0);
        bar.focus();
        loadSearch().then(() => {
            const { selectionStart, selectionEnd } = bar;
            searchButton.click();
            bar.setSelectionRange(selectionStart, selectionEnd);
        }, error => {
            search = undefined;
            console.error(error);
        });
    };
    if (searchButton && script.dataset.search) {
        // mdBook calls each excerpt "Search Result Teaser": read aloud instead of what it says.
        const results = find('mdbook-searchresults');
        new MutationObserver(() => results.querySelectorAll('.teaser[aria-label]')
            .forEach(it => it.removeAttribute('aria-label'))).observe(results, { childList: true });
        searchButton.addEventListener('click', openSearch);
        // A link to a search, or from a result: mdBook's searcher.js reads both.
        if (/[?&](?:search|highlight)=/.test(location.search)) loadSearch();
    }

    // Keys.
    const keys = find('keys');
    document.addEventListener('keydown', event => {
        if (event.altKey || event.ctrlKey || event.metaKey) return;
        if (event.key === 'Escape' && checkbox.checked && !isBeside()) {
            setSidebar(false, { focus: true });
            return;
        }
        if (mdbook_something_else_has_focus(event) || keys.open) return;
        // A box that scrolls sideways has a use for the arrows itself.
        const scrolls = event.target.scrollWidth > event.target.clientWidth + 1
            && event.target !== document.body;
        const go = name => document.querySelector(`.nav-chapters.${name}`)?.click();
        if (event.key === '?') keys.showModal();
        else if (event.shiftKey) return;
        else if (event.key === 'ArrowRight' && !scrolls) go(html.dir === 'rtl' ? 'previous' : 'next');
        else if (event.key === 'ArrowLeft' && !scrolls) go(html.dir === 'rtl' ? 'next' : 'previous');
        else if ((event.key === '/' || event.key === 's') && searchButton) openSearch(event);
    });

    // Programs.
    const button = (text, label, action) => {
        const element = document.createElement('button');
        element.type = 'button';
        element.textContent = text;
        element.setAttribute('aria-label', label);
        element.addEventListener('click', () => action(element));
        return element;
    };
    const say = (element, words) => {
        const before = element.dataset.text ??= element.textContent;
        const label = element.dataset.label ??= element.getAttribute('aria-label');
        element.textContent = words;
        element.setAttribute('aria-label', words); // a screen reader says it, too
        setTimeout(() => {
            element.textContent = before;
            element.setAttribute('aria-label', label);
        }, 1500);
    };
    const copy = (element, text) => navigator.clipboard.writeText(text)
        .then(() => say(element, 'Copied'), () => say(element, 'Not allowed'));

    /* The paragraph above names the file and the command: `examples/…`, run with `cargo run …`. */
    const above = pre => pre.previousElementSibling?.matches('p') ? pre.previousElementSibling : null;
    const commandOf = pre => [...above(pre)?.querySelectorAll('code') ?? []]
        .map(it => it.textContent).find(it => it.startsWith('cargo run '));

    const PLAYGROUND = 'https://play.rust-lang.org/evaluate.json';
    const PATIENCE = 60_000; // ms: the Playground compiles, and may have a queue

    const run = async (pre, code) => {
        let result = pre.querySelector('.result');
        if (!result) {
            result = document.createElement('code');
            result.className = 'result language-text';
            result.setAttribute('role', 'status');
            pre.append(result);
        }
        result.textContent = 'Running on the Rust Playground …';
        const edition = [...code.classList].find(it => /^edition\d+$/.test(it))?.slice('edition'.length);
        const here = commandOf(pre);
        const instead = here ? ` On your machine: ${here}` : '';
        try {
            const response = await fetch(PLAYGROUND, {
                method: 'POST',
                headers: { 'Content-Type': 'application/json' },
                body: JSON.stringify({ version: 'stable', optimize: '0', code: code.textContent, edition }),
                signal: AbortSignal.timeout(PATIENCE),
            });
            if (!response.ok) throw new Error(`it answered ${response.status}`);
            const output = (await response.json())?.result;
            if (typeof output !== 'string') throw new Error('it answered something else');
            result.textContent = output.trim() === '' ? 'It ran, and printed nothing.' : output;
        } catch (error) {
            const why = error instanceof TypeError ? 'no connection'
                : error instanceof SyntaxError ? 'it answered something else'
                    : error.name === 'TimeoutError' ? 'no answer within a minute' : error.message;
            result.textContent = `The Rust Playground did not run it: ${why}.${instead}`;
        }
    };

    for (const pre of document.querySelectorAll('main pre:has(> code[class*="language-"])')) {
        const code = pre.querySelector('code');
        const isRust = code.matches('.language-rust');
        if (window.hljs) hljs.highlightBlock(code);
        code.classList.add('hljs');
        if (!isRust && !code.matches('.language-console, .language-toml')) continue;
        const buttons = document.createElement('div');
        buttons.className = 'buttons';
        if (code.querySelector('.boring')) {
            buttons.append(button('Show all lines', 'Show all lines of this code', it => {
                const hidden = !code.classList.toggle('show-boring');
                it.textContent = hidden ? 'Show all lines' : 'Hide lines';
                it.setAttribute('aria-label', hidden ? 'Show all lines of this code'
                    : 'Hide lines that the book leaves out');
            }));
        }
        buttons.append(button('Copy', 'Copy this code', it => copy(it, code.textContent)));
        if (pre.matches('.playground') && !code.matches('.compile_fail')) {
            buttons.append(button('Run', 'Run this code on the Rust Playground', () => run(pre, code)));
        }
        pre.prepend(buttons);
        const command = isRust && commandOf(pre);
        if (!command) continue;
        const element = [...above(pre).querySelectorAll('code')].find(it => it.textContent === command);
        const copies = button('Copy', `Copy the command ${command}`, it => copy(it, command));
        copies.className = 'copy-command';
        element.after(copies);
    }

    // What scrolls sideways must be reachable by keyboard.
    const sizes = new ResizeObserver(entries => entries.forEach(({ target }) => {
        const scrolls = target.scrollWidth > target.clientWidth;
        if (scrolls) target.tabIndex = 0;
        else target.removeAttribute('tabindex');
    }));
    document.querySelectorAll('main :is(pre > code, .table-wrapper)').forEach(it => sizes.observe(it));
})();
