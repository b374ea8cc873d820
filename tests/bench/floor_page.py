"""The floor: a Streamlit page with as many widgets of the same kinds, and nothing behind them.

Its labels are Chinese, as the product's are: the first Chinese text costs a browser a font.
"""

import streamlit as st

st.set_page_config(layout="wide")
st.toggle("大字", key="type")
st.segmented_control("语言", ["中文", "英文"], default="中文", key="language", required=True)
st.segmented_control("专题", list("甲乙丙丁戊"), default="甲", key="theme", required=True)
st.pills("分组", list("子丑寅卯辰巳午"), default="子", key="group", required=True)
st.toggle("只看未填", key="only")
left, right = st.columns([5, 2])
with left:
    for number in range(8):
        with st.container(border=True, key=f"card{number}"):
            if number < 7:
                st.segmented_control(
                    f"问题{number}",
                    ["无", "有些", "全部", "待核实"],
                    key=f"q{number}",
                    required=True,
                )
            st.text_area(f"说明{number}", key=f"n{number}", height=68)
            st.button("材料", key=f"e{number}", icon=":material/attach_file:", type="tertiary")
            with st.container(horizontal=True):
                st.popover("历史", key=f"h{number}", icon=":material/history:", type="tertiary")
    st.button("下一组")
with right:
    st.button("下一个")
    st.button("撤销")
st.text_input("记忆", key="memory", label_visibility="collapsed")
st.text(f"clicks {[st.session_state[f'q{number}'] for number in range(7)]}")
