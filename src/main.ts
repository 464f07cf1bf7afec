import '@fontsource-variable/inter/opsz.css';
import '#ui/styles/tokens.css';
import '#ui/styles/base.css';
import { mount } from 'svelte';
import App from './App.svelte';

// The privacy panel lists every request of the page; browsers keep 250 unless asked.
performance.setResourceTimingBufferSize(2_000);

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no element #app');
mount(App, { target });
