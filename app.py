"""LSTM gate visualizer: the menu; opens the page that was asked for."""

from pages._ui.menu import menu

menu().run()
