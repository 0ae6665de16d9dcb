"""Lists of accounts in files: what each row would become, before anything is kept."""

from wardline.registry.importing.entry import Remark
from wardline.registry.importing.files import LARGEST
from wardline.registry.importing.planning import Options, Outcome, Plan, Result, plan

__all__ = ["LARGEST", "Options", "Outcome", "Plan", "Remark", "Result", "plan"]
