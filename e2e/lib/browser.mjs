// Debian's Chromium, as a patient or a practitioner would sit behind it.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';

const shots = fileURLToPath(new URL('../.shots/', import.meta.url));

/** Longest wait for a page or for something on it. */
const PATIENCE_MS = 10_000;

const CHROMIUM = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    // Without these it looks for its maker's hosts at every start, on a machine that may have no way out.
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

/** A browser without a window. Close it when done. */
export function launch() {
  return chromium.launch(CHROMIUM);
}

/**
 * A page in a browser of its own that keeps what it sees, as people use it every day: only such a one offers to install
 * something. Close its context when done.
 */
export async function pageOfRegular(options = {}) {
  // How often somebody comes before they are offered it is the browser's affair.
  const args = [...CHROMIUM.args, '--bypass-app-banner-engagement-checks'];
  return openIn(await chromium.launchPersistentContext('', { ...CHROMIUM, ...contextOf(options), args }));
}

/**
 * A page of someone who was never here before: no cookie, nothing cached. `page.complaints` lists what a person
 * would not see and still is wrong: script errors, what the Content-Security-Policy blocked, answers of 500 and
 * up, requests to anyone but this machine. `page.answer` is the answer that it shows. Options that are not named here
 * are those of Playwright's `newContext`.
 */
export async function newPage(browser, options = {}) {
  return openIn(await browser.newContext(contextOf(options)));
}

function contextOf(options) {
  const { javaScript = true, locale = 'nl-NL', width = 1280, colorScheme = 'light', ...others } = options;
  const { isPhone = width < 600, height = isPhone ? 844 : 900, ...context } = others;
  return {
    colorScheme,
    hasTouch: isPhone,
    isMobile: isPhone,
    javaScriptEnabled: javaScript,
    locale,
    timezoneId: 'Europe/Amsterdam',
    viewport: { width, height },
    ...context,
  };
}

async function openIn(context) {
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  page.complaints = complaintsOf(page);
  page.on('response', (answer) => {
    const request = answer.request();
    const isPage = request.isNavigationRequest() && request.frame() === page.mainFrame();
    if (isPage && !answer.headers().location) page.answer = answer;
  });
  return page;
}

/** A picture of the whole page, kept in e2e/.shots for a person to look at, where BALIE_PICTURES asks for pictures. */
export async function screenshot(page, name) {
  if (!process.env.BALIE_PICTURES) return;
  await mkdir(shots, { recursive: true });
  await page.screenshot({ path: `${shots}${name}.png`, fullPage: true });
}

function complaintsOf(page) {
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(`script: ${error.message}`));
  page.on('console', (message) => {
    // A refusal such as 409 is an answer, not a fault of the page; 500 and up are told below.
    const isAnswer = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !isAnswer) complaints.push(`console: ${message.text()}`);
  });
  page.on('response', (answer) => {
    if (answer.status() >= 500) complaints.push(`${answer.status()}: ${answer.url()}`);
  });
  page.on('request', (request) => {
    if (!isOnThisMachine(request.url())) complaints.push(`outside: ${request.url()}`);
  });
  return complaints;
}

function isOnThisMachine(address) {
  const { protocol, hostname } = new URL(address);
  return !protocol.startsWith('http') || ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}
