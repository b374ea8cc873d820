"""The floor: a Streamlit page with as many widgets of the same kinds, and nothing behind them."""

import streamlit as st

st.set_page_config(layout="wide")
st.toggle("type", key="type")
st.segmented_control("language", ["a", "b"], default="a", key="language", required=True)
st.segmented_control("theme", list("abcde"), default="a", key="theme", required=True)
st.pills("group", list("abcdef"), default="a", key="group", required=True)
st.toggle("only", key="only")
left, right = st.columns([5, 2])
with left:
    for number in range(7):
        with st.container(border=True, key=f"card{number}"):
            st.segmented_control(f"q{number}", list("abcd"), key=f"q{number}", required=True)
            st.text_area(f"n{number}", key=f"n{number}", height=68)
    st.text_area("n7", key="n7", height=68)
    st.button("next group")
with right:
    st.button("next open")
    st.button("undo")
st.text(f"clicks {[st.session_state[f'q{number}'] for number in range(7)]}")
st.text_input("memory", key="memory", label_visibility="collapsed")
