// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The colour theme: the system's by default, or the user's choice for as long as the page is open.

export function createTheme(fieldset) {
    fieldset.addEventListener('change', (event) => {
        const { value } = event.target;
        if (value === 'system') delete document.documentElement.dataset.theme;
        else document.documentElement.dataset.theme = value;
    });
}
