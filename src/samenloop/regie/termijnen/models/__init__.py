"""Tables of the terms."""

from samenloop.regie.termijnen.models.ladder import Aan as Aan
from samenloop.regie.termijnen.models.ladder import Doorzetting as Doorzetting
from samenloop.regie.termijnen.models.ladder import Escalatie as Escalatie
from samenloop.regie.termijnen.models.ladder import Escalatiebericht as Escalatiebericht
from samenloop.regie.termijnen.models.ladder import Moment as Moment
from samenloop.regie.termijnen.models.ladder import Trede as Trede
from samenloop.regie.termijnen.models.lopen import OPEN as OPEN
from samenloop.regie.termijnen.models.lopen import Gebeurd as Gebeurd
from samenloop.regie.termijnen.models.lopen import Opschortgrond as Opschortgrond
from samenloop.regie.termijnen.models.lopen import Staat as Staat
from samenloop.regie.termijnen.models.lopen import Stilstand as Stilstand
from samenloop.regie.termijnen.models.lopen import Telling as Telling
from samenloop.regie.termijnen.models.lopen import Termijn as Termijn
from samenloop.regie.termijnen.models.lopen import (
    Termijngebeurtenis as Termijngebeurtenis,
)
from samenloop.regie.termijnen.models.lopen import (
    Termijninstelling as Termijninstelling,
)
from samenloop.regie.termijnen.models.lopen import Verlenging as Verlenging
