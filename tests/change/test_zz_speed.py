import time, pytest
from datetime import date, timedelta
from django.test import Client
from django.db import connection
from secretariat.change.load import PROPOSALS
from secretariat.core.load import load, Loading
from secretariat.core.figures import Span
from secretariat.plain.months import Month
from tests.change.factories import change_person, london, keep
@pytest.mark.django_db
def test_speed():
    rows=["reference,title,proposer,raised_on,stage,from,invented"]
    d=date(2018,11,2)
    for n in range(1,5001):
        r=d+timedelta(days=n%400)
        l=f"MP{n:03d},Change {n} of something long enough,Somebody {n%50},{r},"
        rows.append(l+f"development,{r},yes"); rows.append(l+f"refinement,{r+timedelta(days=30)},yes"); rows.append(l+f"report,{r+timedelta(days=60)},yes")
    c="\n".join(rows).encode()
    at=london("2020-03-05"); L=Loading(change_person(),at,at)
    t=time.time(); print(load(PROPOSALS,"f.csv",c,L).sentence, time.time()-t)
    t=time.time(); print(load(PROPOSALS,"f.csv",c,L).sentence, time.time()-t)
    keep("2018-01-01")
    cl=Client()
    for q in ("","?stage=refinement","?text=change+49","?page=40","?proposer=body+7"):
        cl.get("/proposals/"+q)
        t=time.time()
        for _ in range(5): cl.get("/proposals/"+q)
        print(q, (time.time()-t)/5)
    from secretariat.change import figures as f
    for g in (f.open_proposals,f.proposals_by_month,f.decisions):
        t=time.time(); g(Span.of(Month(2020,2))); print(g.name, time.time()-t)
    with connection.cursor() as cur:
        pass
