from django.db import models


class Generation(models.Model):
    """One row (pk 1) whose `mark` is another after every change of what readers' pages are made of.

    The database writes it itself (`newsroom.generation`), in the transaction that changes something. Marks
    are drawn, not counted: a database that was put back has its old mark with its old content, and no mark
    ever means two contents.
    """

    mark = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.mark)
