"""A small screen reader: run by the system's own Python, which knows AT-SPI; says as JSON what it meets.

`tree`: the program's window with all in it. `walk COUNT`: the first items of the timeline, one by one.
`press ROW`: do the first action of an item. `listen`: a line for each thing that happens, until it is ended.
"""

import json
import sys

import pyatspi

MOST_CHILDREN = 40
WHAT = ("object:state-changed:focused", "object:selection-changed", "object:announcement")


def application():
    """The program, once it is on the bus; None before."""
    desktop = pyatspi.Registry.getDesktop(0)
    return next((each for each in desktop if each is not None and "ateline" in each.name), None)


def described(found):
    """What a reader says of something, without what is in it."""
    states = sorted(pyatspi.stateToString(state) for state in found.getState().getStates())
    said = {"role": found.getRoleName(), "name": found.name, "description": found.description}
    return {**said, "states": states, "actions": actions(found)}


def actions(found):
    """The names of what can be done to something."""
    try:
        each = found.queryAction()
    except NotImplementedError:
        return []
    return [each.getName(place) for place in range(each.nActions)]


def tree(found):
    """The same with what is in it, so far as a reader goes."""
    count = found.childCount
    children = [found.getChildAtIndex(place) for place in range(min(count, MOST_CHILDREN))]
    return {**described(found), "count": count, "children": [tree(each) for each in children if each]}


def timeline(found):
    """The list of the events."""
    return pyatspi.findDescendant(found, lambda each: each.name.startswith("Timeline, "))


def place_of(found):
    """Where something stands on the screen."""
    around = found.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
    return [around.x, around.y, around.width, around.height]


def tell(event):
    """Say what happened, and to what."""
    about = event.source
    said = {"what": str(event.type), "detail": event.detail1, "data": str(event.any_data)}
    print(json.dumps({**said, "role": about.getRoleName(), "name": about.name}), flush=True)


def main(verb, *arguments):
    program = application()
    if verb == "listen":
        pyatspi.Registry.registerEventListener(tell, *WHAT)
        print(json.dumps({"what": "listening"}), flush=True)
        pyatspi.Registry.start()
    elif program is None:
        print(json.dumps(None))
    elif verb == "tree":
        print(json.dumps(tree(program)))
    elif verb == "walk":
        each = timeline(program)
        items = [each.getChildAtIndex(place) for place in range(int(arguments[0]))]
        chosen = each.querySelection()
        selected = [chosen.getSelectedChild(at).name for at in range(chosen.nSelectedChildren)]
        said = [
            {**described(item), "index": item.getIndexInParent(), "place": place_of(item)} for item in items
        ]
        print(json.dumps({**described(each), "count": each.childCount, "selected": selected, "items": said}))
    elif verb == "press":
        timeline(program).getChildAtIndex(int(arguments[0])).queryAction().doAction(0)


main(*sys.argv[1:])
