import os, pytest
from django.urls import reverse
from tests.browser.axe import violations, wider_than_window
from tests.unit.cases.family import family
from waystation.web.urls import urlpatterns
from tests.unit.web.views.desk.test_requests import SAID
from waystation.web.views.desk import DOINGS
O="/tmp/pics"; os.makedirs(O,exist_ok=True)
def test_p(office, opened, settings, tmp_path):
    settings.DATA_DIR=tmp_path
    f=family(office)
    w=office.client("caseworker")
    for lang,dark,width in (("en",False,1280),("ko",True,390)):
        for who,names in (("caseworker",["page"]+[d.name for d in DOINGS if d.name not in ("judge_child","decide")]),("case_lead",["page","decide","letter"]),("safeguarding",["judge_child","page"])):
            win=opened(office.client(who),language=lang,dark=dark,width=width)
            for n in names:
                url="cases.page" if n=="page" else "cases.close" if n=="close" else f"desk.{n}"
                kw={"case_id":f.case.pk}
                if url in f.rows: kw["row_id"]=f.rows[url]
                page=win.go(reverse(url,kwargs=kw))
                page.screenshot(path=f"{O}/{lang}-{who}-{n}.png",full_page=True)
                v=violations(page)
                if v or wider_than_window(page): print(lang,n,v,wider_than_window(page))
            print(win.complaints)
    c=office.client("caseworker"); a=reverse("desk.request")
    for lang,dark,width in (("en",False,1280),("ko",True,390)):
        win=opened(office.client("caseworker"),language=lang,dark=dark,width=width)
        c.post(a,{"drop":"1"})
        for s in list(SAID)+["check"]:
            page=win.go(a); page.screenshot(path=f"{O}/{lang}-req-{s}.png",full_page=True)
            v=violations(page)
            if v or wider_than_window(page): print(lang,s,v,wider_than_window(page))
            if s!="check": c.post(a,{"stage":s,**SAID[s]})
