import { Subject } from 'rxjs';
import { expect, test } from 'vitest';
import { disposeSymbol } from '../../../src/core/disposer.js';
import { mountPill } from '../../../src/overlay/pill/pill.js';

// The policy stays with this document for good, so this file holds nothing else.
test('it works under a strict policy: no inline styles, no markup from strings', async () => {
  const violations: string[] = [];
  const record = ({ violatedDirective }: SecurityPolicyViolationEvent): number => violations.push(violatedDirective);
  document.addEventListener('securitypolicyviolation', record);
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = "style-src 'self'; img-src 'self'; font-src 'self'; require-trusted-types-for 'script'";
  document.head.append(policy);

  // The policy bites, so that its silence below means something.
  const probe = document.createElement('div');
  document.body.append(probe);
  probe.setAttribute('style', 'width: 7px');
  expect(probe.style.width).toBe('');
  await expect.poll(() => violations.length).toBe(1);

  const pill = mountPill({ frames$: new Subject() });
  const handle = pill.element.shadowRoot?.querySelector('[part="pill"]');
  handle?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }));
  expect(getComputedStyle(pill.element).position).toBe('fixed');
  expect(getComputedStyle(pill.element).right).toBe('24px');
  await new Promise((resolve) => setTimeout(resolve));
  expect(violations).toHaveLength(1);
  expect(pill.element.hasAttribute('style')).toBe(false);
  expect(pill.element.shadowRoot?.querySelector('[style], style, link')).toBeNull();
  pill[disposeSymbol]();
  document.removeEventListener('securitypolicyviolation', record);
});
