"""The plan that a teacher is putting together, and its part of the address: link -> **plan** -> link.

It stands apart from the lesson and the experiment of the session, which stay as they are.
"""

import streamlit as st

from lstm_core.lessons.plan import Plan
from lstm_core.lessons.plan_link import PARAMETER, plan_from, to_query

from .. import session
from ..site import LESSONS, PAGES, START

OPENS = tuple(page for page in PAGES if page not in (START, *LESSONS))
"""The pages that a lesson can open on."""

_PLAN = "lesson_plan"  # not "make.": `link.restore` drops such keys, which belong to widgets


def plan() -> Plan:
    """The plan so far. A new one opens on the page that the teacher came from."""
    if _PLAN not in st.session_state:
        before = session.page_before()
        st.session_state[_PLAN] = Plan(
            before if before in OPENS else OPENS[0], language=session.language()
        )  # fmt: skip
    return st.session_state[_PLAN]


def put(changed: Plan) -> None:
    """Go on with a changed plan."""
    st.session_state[_PLAN] = changed


def restore(said: str) -> tuple[str, ...]:
    """Take up the plan that the address tells of. Returns the parameter where not all was understood."""
    found, understood = plan_from(said, OPENS)
    if found:
        put(found)
    return () if understood else (PARAMETER,)


def query() -> dict[str, str]:
    """What the address has to say of the plan."""
    return to_query(plan())
