//! A failure as the visitor sees it: what happened, what to do, what the provider said, and where it helps, the way around.

use leptos::prelude::*;

use crate::error::Error;
use crate::provider::connect;
use crate::provider::connection::Connection;

/// A failure with its next step.
#[component]
pub fn Advise(
    /// The failure.
    error: Error,
) -> impl IntoView {
    let advice = error.advice();
    let connection = connect(error.provider).connection();
    view! {
        <div class="advice" role="alert" data-kind=error.kind.code()>
            <p class="what">{advice.what}</p>
            <p>{advice.next}</p>
            {advice.way_around.then(|| view! { <WayAround connection=connection /> })}
        </div>
    }
}

/// A proxy, or commands whose output can be dropped.
#[component]
pub fn WayAround(
    /// The vendor's.
    connection: &'static Connection,
) -> impl IntoView {
    let bases = connection.bases.iter();
    let proxies: Vec<String> = bases
        .flat_map(|base| {
            let api = proxy_lines(base.location, base.api);
            let auth = base
                .auth
                .map(|auth| proxy_lines(&format!("{}-auth", base.location), auth));
            [Some(api), auth]
        })
        .flatten()
        .collect();
    view! {
        <details>
            <summary>"Proxy configuration (nginx)"</summary>
            <p class="dim">
                "Inside the server block that hosts this page. Then type the location, without its last slash, as base URL. The folder deploy/ holds the complete configurations for nginx and Caddy."
            </p>
            <pre tabindex="0" role="region" aria-label="Proxy configuration">{proxies.join("\n")}</pre>
        </details>
        <Commands connection=connection />
    }
}

/// Commands whose output can be dropped here.
#[component]
pub fn Commands(
    /// The vendor's.
    connection: &'static Connection,
) -> impl IntoView {
    view! {
        <details>
            <summary>"Commands whose output can be dropped here"</summary>
            <pre tabindex="0" role="region" aria-label="Commands">{connection.commands.join("\n")}</pre>
            <p class="dim">{format!("Answers that can be read: {}.", connection.answers.join(", "))}</p>
        </details>
    }
}

/// A location that stands for a base URL of a vendor.
fn proxy_lines(location: &str, base: &str) -> String {
    let rest = base.strip_prefix("https://").unwrap_or(base);
    let host = rest.split('/').next().unwrap_or(rest);
    format!(
        "location /vendors/{location}/ {{\n  proxy_pass {base}/;\n  proxy_set_header Host {host};\n  proxy_ssl_server_name on;\n  proxy_ssl_verify on;\n  \
         proxy_ssl_trusted_certificate /etc/ssl/certs/ca-certificates.crt;\n  access_log off;\n}}"
    )
}
