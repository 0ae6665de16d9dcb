"""Lists of accounts in files: what each row would become, before anything is kept."""

from wardline.registry.importing.entry import Remark
from wardline.registry.importing.files import LARGEST
from wardline.registry.importing.plan import Options, Outcome, Plan, plan

__all__ = ["LARGEST", "Options", "Outcome", "Plan", "Remark", "plan"]
