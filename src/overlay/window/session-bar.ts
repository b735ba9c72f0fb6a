import { html, nothing, type TemplateResult } from 'lit';
import type { Playback } from '../session/playback.js';
import * as format from '../ui/format.js';

interface SessionBarContext {
  /** Seconds recorded so far; undefined while nothing is recorded. */
  readonly recorded: number | undefined;
  readonly onRecord: () => void;
  readonly onOpen: (file: File) => void;
}

const RECORD = 'M8 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 1 0 0-7';
const STOP = 'M5 5h6v6H5z';
const OPEN = 'M2.5 12.5v-9h4l1.5 2h5.5v7z';

/** The buttons in the head: record what is seen, and open a recording. */
export function sessionButtons({ recorded, onRecord, onOpen }: SessionBarContext): TemplateResult {
  const isRecording = recorded !== undefined;
  const choose = ({ target }: Event) => {
    if (!(target instanceof HTMLInputElement)) return;
    const file = target.files?.[0];
    target.value = '';
    if (file) onOpen(file);
  };
  const label = isRecording ? 'Stop recording and save the session' : 'Record a session';
  return html`
    ${isRecording ? html`<span class="recorded" role="timer">${format.duration(1_000 * recorded)}</span>` : nothing}
    <button type="button" class="icon" data-recording=${isRecording} aria-label=${label} title=${label} @click=${onRecord}>
      <svg viewBox="0 0 16 16" aria-hidden="true"><path d=${isRecording ? STOP : RECORD} /></svg>
    </button>
    <label class="icon" title="Open a session">
      <svg viewBox="0 0 16 16" aria-hidden="true"><path d=${OPEN} /></svg>
      <input class="visually-hidden" type="file" accept="application/json,.json" aria-label="Open a session" @change=${choose} />
    </label>
  `;
}

/** Shown while a session is looked at: what it is, and where in it the panels stand. */
export function playbackBar(playback: Playback, onSeek: (index: number) => void, onEnd: () => void): TemplateResult {
  const { session, index, sample } = playback;
  const seek = ({ target }: Event) => {
    if (target instanceof HTMLInputElement) onSeek(target.valueAsNumber);
  };
  return html`<div class="playback" role="group" aria-label="A recorded session">
    <span class="tag" data-tone="warning">Recorded</span>
    <input
      type="range"
      min="0"
      max=${session.samples.length - 1}
      .value=${String(index)}
      aria-label="Time in the session"
      aria-valuetext=${sample ? format.timeOfDay(sample.at) : ''}
      @input=${seek}
    />
    <span>${sample ? format.timeOfDay(sample.at) : ''}</span>
    <button type="button" class="action" @click=${onEnd}>Back to now</button>
  </div>`;
}
