// Makes the chat form better: answers arrive in place. Without this file the form works as any form does.
const form = document.getElementById("question-form");
const field = form.elements.question;
const send = form.querySelector("button");
const thread = document.getElementById("fil");
const announcement = document.getElementById("annonce");
const PATIENCE_MS = 30_000;
let waiting = false;
let recalled; // the place of the question that the arrows brought back

field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  } else if ((event.key === "ArrowUp" || event.key === "ArrowDown") && recall(event.key === "ArrowUp" ? -1 : 1)) {
    event.preventDefault();
  }
});

// The arrows go through the questions of this conversation, as long as the field holds one of them or nothing.
function recall(step) {
  const asked = [...thread.querySelectorAll(".turn h2")].map((title) => title.textContent);
  const place = field.value ? asked.lastIndexOf(field.value, recalled ?? asked.length) : asked.length;
  if (place < 0 || place + step < 0 || place + step > asked.length) return false;
  recalled = place + step;
  field.value = asked[recalled] ?? "";
  return true;
}

const reveal = () => thread.querySelectorAll("button.edit[hidden]").forEach((button) => { button.hidden = false; });
reveal();
thread.addEventListener("click", ({ target }) => {
  if (!target.matches("button.edit")) return;
  field.value = target.dataset.question;
  field.focus();
});

document.addEventListener("submit", (event) => {
  const { action } = event.target;
  if (event.target.matches(".feedback")) {
    event.preventDefault();
    judge(event.target, event.submitter);
    return;
  }
  if (new URL(action).pathname !== new URL(form.action).pathname) return;
  event.preventDefault();
  ask(event.submitter?.name === "question" ? event.submitter.value : field.value);
});

async function judge(feedback, button) {
  try {
    const response = await fetch(feedback.action, {
      method: "POST",
      headers: { "X-Requested-With": "fetch" },
      body: new URLSearchParams(new FormData(feedback, button)),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!response.ok) throw new Error(await explanation(response));
    const turn = feedback.closest(".turn");
    feedback.outerHTML = await response.text();
    turn.querySelector(`.feedback [value="${button.value}"]`).focus();
    announcement.textContent = "Votre avis est enregistré, merci.";
  } catch (error) {
    const reason = error instanceof TypeError ? "La connexion a été perdue ; votre avis n’est pas enregistré." : error.message;
    feedback.querySelector("legend").textContent = reason;
    announcement.textContent = reason;
  }
}

async function ask(question) {
  if (waiting || !question.trim()) return;
  hold(true);
  document.querySelector(".lost")?.remove();
  try {
    const response = await fetch(form.action, {
      method: "POST",
      headers: { "X-Requested-With": "fetch" },
      body: new URLSearchParams({
        question,
        conversation_id: form.elements.conversation_id.value,
        section: form.elements.section?.value ?? "",
      }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (response.ok) show(await response.text());
    else {
      if (response.status === 404) form.elements.conversation_id.value = ""; // sent again, it opens another one
      refuse(question, await explanation(response), response.status === 401);
    }
  } catch {
    refuse(question, "La connexion a été perdue ; votre question est conservée.");
  } finally {
    hold(false);
    field.focus({ preventScroll: true });
  }
}

function hold(on) {
  waiting = on;
  send.setAttribute("aria-disabled", on);
  thread.setAttribute("aria-busy", on);
  if (on) announcement.textContent = "Recherche dans le rapport…";
}

function show(html) {
  thread.insertAdjacentHTML("beforeend", html);
  const turn = thread.lastElementChild;
  turn.classList.add("fresh");
  if (!form.elements.conversation_id.value) {
    thread.replaceChildren(turn);
    enter(turn);
  }
  field.value = "";
  recalled = undefined;
  reveal();
  announcement.textContent = turn.querySelector(".said").innerText;
  turn.scrollIntoView({ block: "start" });
}

// The first answer opens a conversation: this page becomes its page.
function enter(turn) {
  const { conversation, conversationId } = turn.dataset;
  form.elements.conversation_id.value = conversationId;
  const section = form.elements.section?.value;
  history.replaceState(null, "", section ? `${conversation}?${new URLSearchParams({ section })}` : conversation);
  const title = document.querySelector("h1");
  title.textContent = turn.querySelector("h2").textContent;
  title.className = "visually-hidden";
  thread.before(title);
  document.querySelectorAll(".intro, .examples").forEach((element) => element.remove());
  document.body.classList.remove("empty");
  refreshThreads(conversation);
}

// The list of conversations, and what can be done with this one, are those of its page.
async function refreshThreads(address) {
  try {
    const response = await fetch(address);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    document.querySelector(".threads").replaceWith(page.querySelector(".threads"));
  } catch {
    // The connection was lost: they come with the next page.
  }
}

async function explanation(response) {
  if (!response.headers.get("Content-Type")?.includes("json")) return "Le service ne répond pas ; réessayez dans un instant.";
  const problem = await response.json();
  return problem.errors[0]?.message ?? problem.detail;
}

function refuse(question, reason, signedOut = false) {
  field.value = question;
  const notice = document.createElement("div");
  notice.className = "lost";
  const words = notice.appendChild(document.createElement("p"));
  words.textContent = reason;
  if (signedOut) {
    const link = notice.appendChild(document.createElement("a"));
    link.href = location.href; // which leads a stranger to sign in; here, the question stays
    link.target = "_blank";
    link.textContent = "Se connecter dans un autre onglet";
  }
  const retry = notice.appendChild(document.createElement("button"));
  retry.type = "button";
  retry.textContent = "Réessayer";
  retry.addEventListener("click", () => ask(field.value));
  form.before(notice);
  notice.scrollIntoView({ block: "center" }); // the form stays in sight, its place in the page may not be
  announcement.textContent = reason;
}
